/** Remembers what every source object was agreed to give, and says what has changed since. */
@ApplicationModule(allowedDependencies = {"catalog", "audit", "model"})
@NullMarked
package isthmus.contract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
