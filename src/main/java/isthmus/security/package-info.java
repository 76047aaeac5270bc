/** The key of the fingerprints, the seam where fields will be sealed, and who counts as this machine. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
