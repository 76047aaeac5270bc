/** Decides who may see what; keys, seals and masks fields. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
