/** A pretend utility made from a seed: its three legacy systems' data, the faults planted in them, and the truth. */
@NullMarked
package isthmus.demo.data;

import org.jspecify.annotations.NullMarked;
