/** Writes the islands' data. */
@NullMarked
package isthmus.demo.data;

import org.jspecify.annotations.NullMarked;
