/** Compares what came out of the hub with what was put in. */
@NullMarked
package isthmus.demo.truth;

import org.jspecify.annotations.NullMarked;
