package isthmus.source;

import java.util.Arrays;
import java.util.function.Supplier;

/** The bytes of a chunk's records, end to end in one array. */
final class Slices {
    private byte[] bytes = new byte[1 << 10];
    private int size;

    /** Keeps a copy of the slice; the supplier renders it when it is asked for. */
    Supplier<byte[]> add(byte[] line, int start, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        System.arraycopy(line, start, bytes, size, length);
        int from = size;
        size += length;
        int to = size;
        return () -> Arrays.copyOfRange(bytes, from, to);
    }

    int size() {
        return size;
    }
}
