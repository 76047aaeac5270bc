/** Decides which records are one customer or one point, and can show why. */
@ApplicationModule(allowedDependencies = {"store", "audit", "catalog", "security", "security :: seal", "model"})
@NullMarked
package isthmus.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
