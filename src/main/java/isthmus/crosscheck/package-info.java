/** Asks by declared rules whether the systems agree with each other, and keeps what they do not agree about as work. */
@ApplicationModule(allowedDependencies = {"catalog", "model"})
@NullMarked
package isthmus.crosscheck;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
