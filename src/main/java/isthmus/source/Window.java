package isthmus.source;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Passes a text on to a parser and keeps the part of it that is still asked for: from the record under way to the end. */
final class Window extends Reader {
    /** No record is longer than this, in characters. */
    static final int MOST = 4 << 20;

    private final Reader in;
    private char[] kept = new char[1 << 9];
    private int size;
    private long first;
    private long from;
    private boolean isFull;

    Window(Reader in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, Math.min(length, 1 << 13));
        if (read > 0) {
            keep(target, offset, read);
        }
        return read;
    }

    private void keep(char[] text, int offset, int length) {
        int gone = (int) Math.min(Math.max(0, from - first), size);
        if (gone > 0 && (size + length > kept.length || gone > MOST / 2)) {
            System.arraycopy(kept, gone, kept, 0, size - gone);
            size -= gone;
            first += gone;
        }
        if (size + length > MOST + (1 << 16)) {
            isFull = true;
            first += size;
            size = 0;
        }
        if (size + length > kept.length) {
            kept = java.util.Arrays.copyOf(kept, Math.max(size + length, 2 * kept.length));
        }
        System.arraycopy(text, offset, kept, size, length);
        size += length;
    }

    /** Nothing before this place in the text is asked for any more. */
    void forget(long before) {
        from = Math.max(from, before);
    }

    /** The text between two places, or null when it was too long to be kept. */
    @Nullable
    String slice(long start, long end) {
        if (start < first || end > first + size) {
            return null;
        }
        return new String(kept, (int) (start - first), (int) (end - start));
    }

    /** True when more had to be kept than a record may have. */
    boolean isFull() {
        return isFull;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
