/** Several records in one answer: an account with all that hangs on it, a service point with its readings. */
@NullMarked
package isthmus.serve.views;

import org.jspecify.annotations.NullMarked;
