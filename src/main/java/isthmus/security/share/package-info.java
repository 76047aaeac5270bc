/** What a partner may have of a record, and by which names it knows records. */
@NamedInterface("share")
@NullMarked
package isthmus.security.share;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
