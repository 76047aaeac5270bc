package isthmus.serve.exports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How far an export has come. */
final class Extent {
    private long rows;
    private ByteBuffer last = ByteBuffer.allocate(0);

    /** @param id the record's, not copied */
    void reach(ByteBuffer id) {
        rows++;
        last = id;
    }

    /** One more row, of which it is not said where it is. */
    void count() {
        rows++;
    }

    /** Goes on behind a record, whether or not it is a row. */
    void pass(String id) {
        last = StandardCharsets.UTF_8.encode(id);
    }

    long rows() {
        return rows;
    }

    /** The id of the last record, empty when there was none. */
    String last() {
        return StandardCharsets.UTF_8.decode(last.duplicate()).toString();
    }
}
