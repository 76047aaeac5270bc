/** Pretend islands, embedded servers and the truth checker; imports nothing of ours, and nothing imports it. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package isthmus.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
