/** Remembers for good who had the hub change something, and why. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package isthmus.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
