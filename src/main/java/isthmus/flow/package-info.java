/** Joins the rooms; the only place where Camel is spoken in Java. */
@ApplicationModule(
        allowedDependencies = {
            "reconcile",
            "crosscheck",
            "identity",
            "contract",
            "quarantine",
            "audit",
            "feed",
            "store",
            "normalize",
            "source",
            "catalog",
            "security",
            "security :: seal",
            "erasure",
            "security :: vault",
            "model"
        })
@NullMarked
package isthmus.flow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
