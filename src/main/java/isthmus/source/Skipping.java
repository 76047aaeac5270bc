package isthmus.source;

import isthmus.model.Piece;
import java.io.IOException;

/** Records of which the first are passed over. */
record Skipping(Records records, long done) implements Records {

    @Override
    public boolean advance() throws Refused, IOException {
        while (records.advance()) {
            if (records.ordinal() > done) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long ordinal() {
        return records.ordinal();
    }

    @Override
    public Piece piece(Slices slices) {
        return records.piece(slices);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
