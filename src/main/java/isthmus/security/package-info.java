/** The key of the fingerprints, and the seam where fields will be sealed. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
