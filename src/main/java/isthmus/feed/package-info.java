/** Tells the world what changed, in order. */
@ApplicationModule(allowedDependencies = {"store", "catalog", "security", "security :: seal", "model"})
@NullMarked
package isthmus.feed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
