/** Writes drawings and the pages that they stand on, for this room and those downstream of it. */
@NamedInterface("picture")
@NullMarked
package isthmus.identity.picture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
