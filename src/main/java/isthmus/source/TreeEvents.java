package isthmus.source;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document as a walk through named nodes: the elements of XML, the members and items of JSON. */
interface TreeEvents extends Closeable {

    /** What the walk has come to. */
    enum Step {
        START,
        TEXT,
        END,
        DONE
    }

    /** Goes on; a document that breaks the rules of its format is refused. */
    Step next() throws Refused, IOException;

    /** The node that was started. */
    String name();

    /** The text that was come to; null where the document says that there is no value. */
    @Nullable
    String text();

    /** Attributes of the node that was started, as leaf nodes named {@code @name}. */
    Iterable<Node> attributes();

    /** Where the last step begins in the text, in characters. */
    long start();

    /** Where it ends. */
    long end();

    /** What closes everything that is open around the node that was started. */
    String closing();
}
