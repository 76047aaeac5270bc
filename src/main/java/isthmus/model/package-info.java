/** The one language: immutable records, canonical values, ids, the event envelope, chunks, outcomes and positions. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package isthmus.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
