/** Proves what the log says, and finds where somebody has altered it; needs nothing but the JDK, so that anybody can run it. */
@NamedInterface("proof")
@NullMarked
package isthmus.audit.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
