/** Counts both shores every night, has the systems compared, and cures what stands between the shores. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "crosscheck",
            "identity",
            "identity :: picture",
            "normalize",
            "source",
            "store",
            "catalog",
            "security",
            "security :: seal",
            "model"
        })
@NullMarked
package isthmus.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
