/** The embedded servers of the islands, each a child process or a listener on 127.0.0.1 that dies with this process. */
@NullMarked
package isthmus.demo.server;

import org.jspecify.annotations.NullMarked;
