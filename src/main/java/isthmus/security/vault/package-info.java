/** Where secrets are kept, and the one place that fetches them by reference; needs nothing but the JDK. */
@NamedInterface("vault")
@NullMarked
package isthmus.security.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
