/** Says a record in the one language, or says why it cannot. */
@ApplicationModule(allowedDependencies = {"source", "catalog", "security", "model"})
@NullMarked
package isthmus.normalize;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
