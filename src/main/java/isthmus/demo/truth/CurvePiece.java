package isthmus.demo.truth;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One line of a curve file: some or all quarter-hours of one meter's day, in thousandths of a kWh. */
record CurvePiece(String meter, String point, LocalDate day, Points points, String flag, String sequence) {
    private static final int COUNT = 96;
    private static final int FIRST = 7;
    private static final long LIMIT = 9_000_000_000_000L;

    /** Reads the printed line; a line that cannot be said is refused. */
    static CurvePiece read(String line, String sequence) {
        int[] ends = new int[FIRST + COUNT + 1];
        int fields = 0;
        for (int i = line.indexOf(','); i >= 0; i = line.indexOf(',', i + 1)) {
            ends[fields++] = i;
        }
        ends[fields] = line.length();
        if (fields != FIRST + COUNT) {
            throw new IllegalStateException("a curve line has 104 fields, not " + (fields + 1));
        }
        String meter = Words.key(field(line, ends, 1), "ASSET_NO");
        String point = Words.key(field(line, ends, 2), "MP_NO");
        LocalDate day = Times.date(field(line, ends, 3), "DATA_DATE");
        if (day == null) {
            throw new Refused("FIELD-MISSING", "DATA_DATE");
        }
        if (!field(line, ends, 4).equals("1")) {
            throw new Refused("SCHEMA", "DATA_TYPE");
        }
        Points points = new Points(COUNT);
        for (int i = 0; i < COUNT; i++) {
            points.values[i] = value(line, ends[FIRST + i - 1] + 1, ends[FIRST + i]);
        }
        judgeFlags(field(line, ends, 6), points);
        return new CurvePiece(meter, point, day, points, flag(field(line, ends, 5)), sequence);
    }

    private static String field(String line, int[] ends, int n) {
        return line.substring(ends[n - 1] + 1, ends[n]);
    }

    private static String flag(String code) {
        return switch (code) {
            case "2" -> "edited";
            case "4" -> "estimated";
            default -> "actual";
        };
    }

    private static void judgeFlags(String whole, Points points) {
        int missing = 0;
        int contradicted = 0;
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) == '0') {
                missing++;
                contradicted += points.has(i) ? 1 : 0;
            }
        }
        if (contradicted * 2 > missing) {
            throw new Refused("WHOLE-FLAG", "WHOLE_FLAG");
        }
    }

    /** The common form (digits, a point, three digits) without making an object; anything else the long way. */
    private static long value(String line, int from, int to) {
        if (from == to) {
            return Points.MISSING;
        }
        int point = to - 4;
        if (point > from && to - from <= 12 && line.charAt(point) == '.') {
            long value = 0;
            for (int i = from; i < to; i++) {
                char c = line.charAt(i);
                if (c >= '0' && c <= '9') {
                    value = value * 10 + (c - '0');
                } else if (i != point) {
                    return slowly(line.substring(from, to));
                }
            }
            return value;
        }
        return slowly(line.substring(from, to));
    }

    private static long slowly(String text) {
        BigDecimal number = number(text);
        if (number == null) {
            return Points.MISSING;
        }
        if (number.scale() > 3 || number.movePointRight(3).abs().compareTo(BigDecimal.valueOf(LIMIT)) > 0) {
            throw new Refused("NUMBER-RANGE", "values");
        }
        return number.movePointRight(3).longValueExact();
    }

    private static @Nullable BigDecimal number(String text) {
        return text.equals("-9999") ? null : Numbers.number(text, "values");
    }
}
