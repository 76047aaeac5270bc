/** What {@code isthmus bench} runs beside the hub: a cargo of rows of any size, and the bare chain that carries the same. */
@NullMarked
package isthmus.demo.bench;

import org.jspecify.annotations.NullMarked;
