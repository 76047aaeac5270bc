package isthmus.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Record versions that sort as bytes: UTC change time, tie breaker, and what the hub itself did (model.md 3.2). */
public final class Sequence {
    private static final int LENGTH = 28;
    private static final int TIME = 17;
    private static final DateTimeFormatter CHANGED = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS", Locale.ROOT);
    private static final long DAY = 86_400_000L;

    private Sequence() {}

    /**
     * The sequence of a source's change.
     *
     * @param changed epoch milliseconds
     * @param tie 0 to 9999999999
     */
    public static String of(long changed, long tie) {
        char[] out = new char[LENGTH];
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(changed, DAY));
        long rest = Math.floorMod(changed, DAY);
        digits(out, 0, 4, day.getYear());
        digits(out, 4, 2, day.getMonthValue());
        digits(out, 6, 2, day.getDayOfMonth());
        digits(out, 8, 2, rest / 3_600_000);
        digits(out, 10, 2, rest / 60_000 % 60);
        digits(out, 12, 5, rest % 60_000);
        out[17] = '-';
        digits(out, 18, 10, tie);
        return new String(out);
    }

    private static void digits(char[] out, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The source's own part, without any suffix of the hub. */
    public static String base(String sequence) {
        int suffix = sequence.indexOf('~');
        return suffix < 0 ? sequence : sequence.substring(0, suffix);
    }

    /** When its source changed. */
    public static Instant changed(String sequence) {
        return LocalDateTime.parse(sequence.substring(0, TIME), CHANGED).toInstant(ZoneOffset.UTC);
    }

    /** The n-th merge of blocks on top of the highest applied sequence. */
    public static String merged(String highest, long n) {
        return suffixed(highest, 'm', n);
    }

    /** A repair: beats what it repairs and loses to any later change. */
    public static String repaired(String sequence, long run) {
        return suffixed(sequence, 'r', run);
    }

    /** A delete inferred from key sets: beats everything that is stored and loses to any later change. */
    public static String deleted(String sequence, long run) {
        return sequence + suffix('d', run);
    }

    private static String suffixed(String sequence, char kind, long number) {
        return base(sequence) + suffix(kind, number);
    }

    private static String suffix(char kind, long number) {
        char[] digits = new char[6];
        digits(digits, 0, 6, number);
        return "~" + kind + new String(digits);
    }
}
