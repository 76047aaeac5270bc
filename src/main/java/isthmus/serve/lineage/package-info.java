/** Where a value came from, and who has used one that was corrected since. */
@NamedInterface("lineage")
@NullMarked
package isthmus.serve.lineage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
