/** Several records in one answer: an account with all that hangs on it, a service point with its readings. */
@NamedInterface("views")
@NullMarked
package isthmus.serve.views;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
