/** Writes facts once, with cursor, change log and counts in one transaction; keeps raw bytes; implements the ports. */
@ApplicationModule(allowedDependencies = {"source", "security", "security :: seal", "audit", "model"})
@NullMarked
package isthmus.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
