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

    long rows() {
        return rows;
    }

    /** The id of the last record, empty when there was none. */
    String last() {
        return StandardCharsets.UTF_8.decode(last.duplicate()).toString();
    }
}
