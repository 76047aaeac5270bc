/** The key of the fingerprints, the seam where fields will be sealed, and who may ask for what. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
