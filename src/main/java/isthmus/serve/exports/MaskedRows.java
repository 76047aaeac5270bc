package isthmus.serve.exports;

import isthmus.security.Masking;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes the records of an entity with their persons masked. */
final class MaskedRows implements ExportRows {
    private final String entity;
    private final ExportRows rows;

    MaskedRows(String entity, ExportRows rows) {
        this.entity = entity;
        this.rows = rows;
    }

    @Override
    public void add(ByteBuffer body) throws IOException {
        byte[] clear = new byte[body.remaining()];
        body.get(clear);
        rows.add(ByteBuffer.wrap(Masking.mask(entity, clear)));
    }

    @Override
    public void end(Extent extent) throws IOException {
        rows.end(extent);
    }

    @Override
    public void breakOff(String code) throws IOException {
        rows.breakOff(code);
    }
}
