/** What must come out of the hub, said a second time from the formats alone, and the checker that compares. */
@NullMarked
package isthmus.demo.truth;

import org.jspecify.annotations.NullMarked;
