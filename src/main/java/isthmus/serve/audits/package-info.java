/** What people had the hub do, and the proof that what is written of it has only grown. */
@NullMarked
package isthmus.serve.audits;

import org.jspecify.annotations.NullMarked;
