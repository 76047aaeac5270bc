/** The records as they are, or as they were known to be. */
@NamedInterface("records")
@NullMarked
package isthmus.serve.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
