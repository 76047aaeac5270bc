/** The records as they are, or as they were known to be. */
@NullMarked
package isthmus.serve.records;

import org.jspecify.annotations.NullMarked;
