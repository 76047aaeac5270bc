/** Reads routes/ and config/ into typed systems and tells every fault at once, before anything starts. */
@ApplicationModule(allowedDependencies = {"model"})
@NullMarked
package isthmus.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
