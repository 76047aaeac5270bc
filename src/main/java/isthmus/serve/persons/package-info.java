/** Takes what is asked about persons themselves: that they be erased. */
@NullMarked
package isthmus.serve.persons;

import org.jspecify.annotations.NullMarked;
