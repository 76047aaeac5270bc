package isthmus.serve.exports;

import isthmus.model.CsvCell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record a row under a header, the cells as the record says them; it may open with the mark by which Excel knows UTF-8. */
final class CsvRows implements ExportRows {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final OutputStream out;
    private final Flat flat;
    private final StringBuilder line = new StringBuilder();

    CsvRows(OutputStream out, Flat flat, boolean marked) throws IOException {
        this.out = out;
        this.flat = flat;
        if (marked) {
            line.append(BYTE_ORDER_MARK);
        }
        write(flat.columns().stream().map(Column::name).toArray(String[]::new));
    }

    @Override
    public void add(ByteBuffer body) throws IOException {
        write(flat.cells(body));
    }

    private void write(@Nullable String[] cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            String cell = cells[i];
            if (cell != null) {
                line.append(CsvCell.of(cell));
            }
        }
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
    }

    @Override
    public void end(Extent extent) {
        // The transfer's own end tells it: a sheet has no place for a line that is not a record.
    }
}
