package isthmus.source;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Adds a column up exactly, straight from the bytes; what is not a plain number counts nothing. */
final class ControlSum {
    private static final int SCALE = 6;
    private static final int MAX_DIGITS = 17;
    private static final int MAX_LENGTH = 64;

    private final int field;
    private final byte delimiter;
    /** Millionths, as long as they fit. */
    private long small;

    private BigDecimal large = BigDecimal.ZERO;

    /** @param field 0-based field of the line; negative when there is no control column */
    ControlSum(int field, char delimiter) {
        this.field = field;
        this.delimiter = (byte) delimiter;
    }

    void add(byte[] line, int start, int length) {
        if (field < 0) {
            return;
        }
        int end = start + length;
        int from = skipTo(line, start, end);
        if (from < 0) {
            return;
        }
        boolean isQuoted = from < end && line[from] == '"';
        int first = isQuoted ? from + 1 : from;
        int last = first;
        while (last < end && line[last] != (isQuoted ? '"' : delimiter)) {
            last++;
        }
        addNumber(line, first, last);
    }

    /** Where the field begins, or -1 when the line has not so many. */
    private int skipTo(byte[] line, int start, int end) {
        int skipped = 0;
        boolean isQuoted = false;
        int at = start;
        while (skipped < field) {
            if (at >= end) {
                return -1;
            }
            if (line[at] == '"') {
                isQuoted = !isQuoted;
            } else if (line[at] == delimiter && !isQuoted) {
                skipped++;
            }
            at++;
        }
        return at;
    }

    private void addNumber(byte[] line, int from, int to) {
        boolean isNegative = from < to && line[from] == '-';
        int at = isNegative ? from + 1 : from;
        int digits = 0;
        int places = -1;
        long value = 0;
        for (int i = at; i < to; i++) {
            byte c = line[i];
            if (c == '.' && places < 0 && digits > 0 && i + 1 < to) {
                places = 0;
            } else if (c >= '0' && c <= '9') {
                digits++;
                places += places < 0 ? 0 : 1;
                value = digits <= MAX_DIGITS ? value * 10 + (c - '0') : value;
            } else {
                return;
            }
        }
        int scale = Math.max(places, 0);
        if (digits == 0 || to - from > MAX_LENGTH) {
            return;
        }
        if (scale > SCALE || digits + SCALE - scale > MAX_DIGITS) {
            large = large.add(new BigDecimal(new String(line, from, to - from, StandardCharsets.US_ASCII)));
            return;
        }
        for (int i = scale; i < SCALE; i++) {
            value *= 10;
        }
        addMillionths(isNegative ? -value : value);
    }

    private void addMillionths(long value) {
        long sum = small + value;
        if (((small ^ sum) & (value ^ sum)) < 0) {
            large = large.add(BigDecimal.valueOf(small, SCALE));
            sum = value;
        }
        small = sum;
    }

    BigDecimal total() {
        return large.add(BigDecimal.valueOf(small, SCALE));
    }
}
