/** Pretend islands and embedded servers, so that a fresh clone has something to bridge; imports nothing of ours. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package isthmus.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
