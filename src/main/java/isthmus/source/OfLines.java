package isthmus.source;

import isthmus.model.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/** Records of one line each; blank lines are none. */
final class OfLines implements Records {
    private final InputStream in;
    private final Lines lines;
    private final String name;
    private final long first;
    private final long last;
    private final Cutter cutter;

    /** Cuts a line's bytes. */
    interface Cutter {
        Piece cut(byte[] bytes, long ordinal, String locator, boolean isTooLong);
    }

    /**
     * Nothing is read yet.
     *
     * @param first the first line that is a record
     * @param last the last one
     */
    OfLines(InputStream in, Charset charset, String name, long first, long last, Cutter cutter) {
        this.in = in;
        this.name = name;
        this.first = first;
        this.last = last;
        this.cutter = cutter;
        lines = new Lines(in, charset, false);
    }

    @Override
    public boolean advance() throws IOException {
        while (lines.advance()) {
            if (lines.number() >= first && lines.length() > 0) {
                return lines.number() <= last;
            }
        }
        return false;
    }

    @Override
    public long ordinal() {
        return lines.number();
    }

    @Override
    public Piece piece(Slices slices) {
        byte[] bytes = Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length());
        slices.add(bytes, 0, bytes.length);
        return cutter.cut(bytes, lines.number(), name + ":" + lines.number(), lines.isTooLong());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
