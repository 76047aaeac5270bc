package isthmus.source;

import java.io.IOException;
import java.io.InputStream;

/** The physical lines of a file as slices of one buffer, so that neither a huge file nor a huge line fills the memory. */
final class Lines {
    /** A line longer than this is not cut into fields. */
    static final int MAX_LENGTH = 65_536;

    private final InputStream in;
    private final byte[] buffer = new byte[4 * MAX_LENGTH];
    private int start;
    private int length;
    private int next;
    private int limit;
    private long number;
    private boolean tooLong;
    private boolean ended;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean advance() throws IOException {
        start = next;
        int scan = start;
        while (true) {
            while (scan < limit && buffer[scan] != '\n') {
                scan++;
            }
            if (scan < limit) {
                return line(scan, scan + 1);
            }
            if (scan - start > MAX_LENGTH) {
                return giant();
            }
            if (ended) {
                return scan > start && line(scan, scan);
            }
            scan -= start;
            compact();
            fill();
        }
    }

    private boolean line(int end, int following) {
        length = end - start;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        next = following;
        tooLong = length > MAX_LENGTH;
        number++;
        return true;
    }

    /** Keeps the first bytes of an endless line and runs over the rest of it. */
    private boolean giant() throws IOException {
        compact();
        length = MAX_LENGTH;
        tooLong = true;
        number++;
        int scan = MAX_LENGTH;
        while (true) {
            while (scan < limit && buffer[scan] != '\n') {
                scan++;
            }
            if (scan < limit) {
                next = scan + 1;
                return true;
            }
            limit = MAX_LENGTH;
            scan = MAX_LENGTH;
            if (ended) {
                next = limit;
                return true;
            }
            fill();
        }
    }

    private void compact() {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
    }

    private void fill() throws IOException {
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
        }
    }

    /** The buffer that holds the current line; valid until the next {@link #advance}. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /** 1-based. */
    long number() {
        return number;
    }

    /** True when the line is longer than {@link #MAX_LENGTH}; then only its beginning is here. */
    boolean isTooLong() {
        return tooLong;
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length
                && java.util.Arrays.equals(buffer, start, start + prefix.length, prefix, 0, prefix.length);
    }
}
