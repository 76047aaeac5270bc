/** Remembers for good who had the hub change something, and why, and can prove that nobody has altered it since. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
