/** The one language: records, canonical values, ids, {@code Chunk}, {@code Outcome}, {@code Position}. Pure Java. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package isthmus.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
