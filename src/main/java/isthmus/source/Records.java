package isthmus.source;

import isthmus.model.Piece;
import java.io.Closeable;
import java.io.IOException;

/** The records of one file, one after another. */
interface Records extends Closeable {

    /** Goes to the next record; false at the end of the file. */
    boolean advance() throws Refused, IOException;

    /** The current record's place in the file, 1-based and rising: its line, or its number where lines mean nothing. */
    long ordinal();

    /**
     * The current record.
     *
     * @param slices takes its bytes, so that a small record costs no array of its own
     */
    Piece piece(Slices slices);
}
