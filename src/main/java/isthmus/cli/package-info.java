/** The commands people type. */
@ApplicationModule(
        allowedDependencies = {
            "serve :: door",
            "serve :: lineage",
            "serve :: records",
            "serve :: share",
            "serve :: views",
            "flow",
            "reconcile",
            "crosscheck",
            "identity",
            "identity :: match",
            "contract",
            "audit",
            "audit :: proof",
            "quarantine",
            "feed",
            "store",
            "normalize",
            "source",
            "catalog",
            "security",
            "security :: seal",
            "erasure",
            "security :: share",
            "security :: vault",
            "model"
        })
@NullMarked
package isthmus.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
