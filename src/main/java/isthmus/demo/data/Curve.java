package isthmus.demo.data;

import isthmus.demo.data.Town.Point;
import java.time.LocalDate;
import java.util.Arrays;

/** One curve line before it is printed: fields that a fault may spoil. */
final class Curve {
    private static final long MISSING = Long.MIN_VALUE;

    String asset;
    String point;
    String date;
    String type = "1";
    String flag = "1";
    String whole = "";
    final long[] values;
    /** What is printed instead of a value. */
    private final String[] instead = new String[Curves.QUARTERS];

    Curve(Point point, LocalDate day, long[] values) {
        asset = point.asset();
        this.point = point.number();
        date = day.format(Calendar.DAY);
        this.values = values.clone();
    }

    /** A curve of which only some positions are kept. */
    Curve only(int from, int to) {
        for (int i = 0; i < values.length; i++) {
            if (i < from || i >= to) {
                values[i] = MISSING;
            }
        }
        return this;
    }

    Curve gap(int from, int to) {
        Arrays.fill(values, from, to, MISSING);
        char[] flags = new char[values.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = values[i] == MISSING ? '0' : '1';
        }
        whole = new String(flags);
        return this;
    }

    Curve print(int at, String text) {
        values[at] = MISSING;
        instead[at] = text;
        return this;
    }

    Curve scale(int percent) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != MISSING) {
                values[i] = values[i] * percent / 100 + 1;
            }
        }
        return this;
    }

    Line line() {
        StringBuilder out = new StringBuilder(700);
        out.append("D,").append(asset).append(',').append(point).append(',').append(date);
        out.append(',').append(type).append(',').append(flag).append(',').append(whole);
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            out.append(',');
            if (values[i] != MISSING) {
                thousandths(out, values[i]);
                sum += values[i];
            } else if (instead[i] != null) {
                out.append(instead[i]);
            }
        }
        out.append(',');
        thousandths(out, sum);
        return Line.of(out.toString(), sum);
    }

    /** The line with its control column set to nought, for lines that are not to be understood. */
    String uncounted() {
        String text = line().text();
        return text.substring(0, text.lastIndexOf(',')) + ",0";
    }

    private static void thousandths(StringBuilder out, long value) {
        if (value < 0) {
            out.append('-');
        }
        long size = Math.abs(value);
        out.append(size / 1000).append('.');
        int rest = (int) (size % 1000);
        out.append((char) ('0' + rest / 100));
        out.append((char) ('0' + rest / 10 % 10));
        out.append((char) ('0' + rest % 10));
    }
}
