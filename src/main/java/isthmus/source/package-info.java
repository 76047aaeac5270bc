/**
 * Brings legacy records ashore untouched, with provenance and position; declares the ports {@code Positions} and {@code
 * Arrivals}.
 */
@ApplicationModule(allowedDependencies = {"catalog", "model"})
@NullMarked
package isthmus.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
