package isthmus.serve.exports;

import isthmus.serve.share.Portion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes of the records of an entity what a partner gets, some hundred at a time. */
final class GrantedRows implements ExportRows {
    private static final int AT_A_TIME = 500;
    private static final int BYTES = 1 << 20;

    private final Portion portion;
    private final Extent told;
    private final ExportRows rows;
    private final List<byte[]> waiting = new ArrayList<>();
    private int bytes;

    /** @param told counts what is written, by the partner's names */
    GrantedRows(Portion portion, Extent told, ExportRows rows) {
        this.portion = portion;
        this.told = told;
        this.rows = rows;
    }

    @Override
    public void add(ByteBuffer body) throws IOException {
        byte[] whole = new byte[body.remaining()];
        body.get(whole);
        waiting.add(whole);
        bytes += whole.length;
        if (waiting.size() == AT_A_TIME || bytes > BYTES) {
            write();
        }
    }

    private void write() throws IOException {
        for (byte[] cut : portion.records(waiting)) {
            told.count();
            rows.add(ByteBuffer.wrap(cut));
        }
        waiting.clear();
        bytes = 0;
    }

    @Override
    public void end(Extent extent) throws IOException {
        write();
        if (!extent.last().isEmpty()) {
            told.pass(portion.name(extent.last()));
        }
        rows.end(told);
    }

    @Override
    public void breakOff(String code) throws IOException {
        rows.breakOff(code);
    }
}
