package isthmus.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a file as slices of one buffer, so that neither a huge file nor a huge line fills the memory. Lines that are
 * joined go on behind a line end that stands between quotes (RFC 4180), and have the number of their first physical line.
 */
final class Lines {
    /** A line longer than this is not cut into fields. */
    static final int MAX_LENGTH = 65_536;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final boolean isJoined;
    private boolean mayHaveBom;
    private final byte[] buffer = new byte[4 * MAX_LENGTH];
    private int start;
    private int length;
    private int next;
    private int limit;
    private long number;
    private long physical = 1;
    private long lineEnds;
    private boolean isQuoted;
    private boolean tooLong;
    private boolean ended;

    /** Lines as they stand, without a look at what they hold. */
    Lines(InputStream in) {
        this(in, StandardCharsets.US_ASCII, false);
    }

    /** @param charset of UTF-8 the mark that some programs begin a file with is passed over */
    Lines(InputStream in, Charset charset, boolean isJoined) {
        this.in = in;
        this.isJoined = isJoined;
        this.mayHaveBom = charset.equals(StandardCharsets.UTF_8);
    }

    /** Goes to the next line; false at the end of the file. */
    boolean advance() throws IOException {
        if (mayHaveBom) {
            passBom();
        }
        start = next;
        isQuoted = false;
        lineEnds = 0;
        int scan = start;
        while (true) {
            scan = isJoined ? joinedEnd(scan) : end(scan);
            if (scan < limit && !isQuoted && buffer[scan] == '\n') {
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

    private void passBom() throws IOException {
        mayHaveBom = false;
        while (limit < BOM.length && !ended) {
            fill();
        }
        next = limit >= BOM.length && Arrays.equals(buffer, 0, BOM.length, BOM, 0, BOM.length) ? BOM.length : 0;
    }

    private int end(int from) {
        int scan = from;
        while (scan < limit && buffer[scan] != '\n') {
            scan++;
        }
        return scan;
    }

    /** Looks no further than at what makes a line too long, so that numbers do not depend on where the reads end. */
    private int joinedEnd(int from) {
        int furthest = Math.min(limit, start + MAX_LENGTH + 1);
        int scan = from;
        while (scan < furthest && (isQuoted || buffer[scan] != '\n')) {
            if (buffer[scan] == '"') {
                isQuoted = !isQuoted;
            } else if (buffer[scan] == '\n' && scan < start + MAX_LENGTH) {
                lineEnds++;
            }
            scan++;
        }
        return scan;
    }

    private boolean line(int end, int following) {
        length = end - start;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        next = following;
        tooLong = length > MAX_LENGTH;
        count();
        return true;
    }

    private void count() {
        number = physical;
        physical += lineEnds + 1;
    }

    /** Keeps the first bytes of an endless line and runs over the rest of it. */
    private boolean giant() throws IOException {
        compact();
        length = MAX_LENGTH;
        tooLong = true;
        count();
        int scan = MAX_LENGTH;
        while (true) {
            scan = end(scan);
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

    /** 1-based, of the first physical line. */
    long number() {
        return number;
    }

    /** True when the line is longer than {@link #MAX_LENGTH}; then only its beginning is here. */
    boolean isTooLong() {
        return tooLong;
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(buffer, start, start + prefix.length, prefix, 0, prefix.length);
    }
}
