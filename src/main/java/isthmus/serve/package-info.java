/** Answers downstream systems over HTTP. */
@ApplicationModule(
        allowedDependencies = {
            "feed",
            "reconcile",
            "crosscheck",
            "identity",
            "quarantine",
            "normalize",
            "source",
            "store",
            "catalog",
            "security",
            "security :: seal",
            "erasure",
            "security :: share",
            "audit",
            "audit :: proof",
            "model"
        })
@NullMarked
package isthmus.serve;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
