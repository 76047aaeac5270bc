package isthmus.quarantine;

import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Cuts kept bytes into a piece again, as the reader of their pull does today. */
public interface Recut {

    /** The charset that kept bytes of a pull are in: the system's, or UTF-8 where the reader wrote them itself. */
    Charset charset(String system, String pull);

    /**
     * The piece that the bytes are, with the ordinal and the locator that it had. What cannot be cut into fields comes
     * back as a refused piece, as from the reader.
     *
     * @param origin where the bytes came from, as written down when they were refused
     * @throws IllegalArgumentException when the system or the pull is not there any more
     */
    Cut cut(String system, String pull, byte[] bytes, Origin origin, long ordinal, String locator);

    /** A piece and the layout it is cut by, null when it could not be cut. */
    record Cut(@Nullable Layout layout, Piece piece) {}
}
