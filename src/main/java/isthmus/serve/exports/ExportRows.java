package isthmus.serve.exports;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The records of an export in some form, written as they come. */
interface ExportRows {
    /**
     * Writes a record.
     *
     * @param body its canonical bytes
     */
    void add(ByteBuffer body) throws IOException;

    /** Writes what shows that nothing is missing. */
    void end(Extent extent) throws IOException;

    /** Says why it ends here, where the form has a place for that. */
    default void breakOff(String code) throws IOException {}
}
