/** Weighs how much speaks for two records being one, and finds the records that are worth weighing. Knows no store. */
@NamedInterface("match")
@NullMarked
package isthmus.identity.match;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
