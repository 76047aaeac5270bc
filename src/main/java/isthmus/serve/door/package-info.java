/** Finds out who asks, and lets in those who may. */
@NamedInterface("door")
@NullMarked
package isthmus.serve.door;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
