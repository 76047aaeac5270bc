/** What the nights have found, what the systems do not agree about, and what a repair would do. */
@NullMarked
package isthmus.serve.nights;

import org.jspecify.annotations.NullMarked;
