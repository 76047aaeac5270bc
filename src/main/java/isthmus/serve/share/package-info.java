/** Gives partners what was granted of the records of customers who consent, and nothing else. */
@NamedInterface("share")
@NullMarked
package isthmus.serve.share;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
