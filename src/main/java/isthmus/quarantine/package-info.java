/** Lists and releases what was not understood. */
@ApplicationModule(
        allowedDependencies = {"normalize", "source", "store", "security", "security :: seal", "audit", "model"})
@NullMarked
package isthmus.quarantine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
