/** Counts both shores every night and explains the difference. */
@ApplicationModule(
        allowedDependencies = {"audit", "crosscheck", "normalize", "source", "store", "catalog", "security", "model"})
@NullMarked
package isthmus.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
