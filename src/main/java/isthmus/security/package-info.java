/** Who may ask for what, what of it is shown, and the keys under which persons are sealed. */
@ApplicationModule(allowedDependencies = {"audit", "model"})
@NullMarked
package isthmus.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
