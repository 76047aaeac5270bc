/** Seals what names a person under a key of that person's own, and opens it again as long as that key is there. */
@NamedInterface("seal")
@NullMarked
package isthmus.security.seal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
