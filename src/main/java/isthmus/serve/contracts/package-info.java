/** Says what the data service and the feed promise, for programs and for people. */
@NullMarked
package isthmus.serve.contracts;

import org.jspecify.annotations.NullMarked;
