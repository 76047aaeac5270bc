/** All records of an entity in one answer, as lines, as a sheet or as columns, and a point's readings as Green Button. */
@NullMarked
package isthmus.serve.exports;

import org.jspecify.annotations.NullMarked;
