package isthmus.demo.truth;

import java.util.Arrays;

/** The scaled integers of a curve, some of them missing. */
final class Points {
    /** Stands for a missing value; no kWh of this world is as small. */
    static final long MISSING = Long.MIN_VALUE;

    final long[] values;

    Points(int length) {
        values = new long[length];
        Arrays.fill(values, MISSING);
    }

    boolean has(int i) {
        return values[i] != MISSING;
    }

    int received() {
        int n = 0;
        for (long value : values) {
            n += value == MISSING ? 0 : 1;
        }
        return n;
    }

    long sum() {
        long sum = 0;
        for (long value : values) {
            sum += value == MISSING ? 0 : value;
        }
        return sum;
    }

    void write(StringBuilder out) {
        out.append('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            if (values[i] == MISSING) {
                out.append("null");
            } else {
                out.append(values[i]);
            }
        }
        out.append(']');
    }
}
