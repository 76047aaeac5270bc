/** Brings legacy records ashore untouched, with provenance and position. */
@ApplicationModule(allowedDependencies = {"catalog", "model"})
@NullMarked
package isthmus.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
