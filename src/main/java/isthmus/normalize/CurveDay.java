package isthmus.normalize;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The values of one curve while its record is written, and the shape of its local day. */
final class CurveDay {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    long[] values = new long[128];
    boolean[] given = new boolean[128];
    int received;
    long sum;
    byte[] flag = new byte[0];
    boolean flagged;
    private @Nullable Shape shape;

    /** The bounds of a local day: 23, 24 or 25 hours long where clocks are changed (model.md 4.3 no. 3). */
    record Shape(int day, ZoneId zone, Duration interval, int expected, byte[] start, byte[] end, long endMilli) {

        long startMilli() {
            return endMilli - expected * interval.toMillis();
        }
    }

    /** Takes the shape of a day, usually the same as that of the row before, and makes room. */
    void open(int day, ZoneId zone, Duration interval) {
        if (shape == null
                || shape.day() != day
                || !shape.zone().equals(zone)
                || !shape.interval().equals(interval)) {
            LocalDate date = Days.date(day);
            ZonedDateTime start = date.atStartOfDay(zone);
            ZonedDateTime end = date.plusDays(1).atStartOfDay(zone);
            int expected = (int) (Duration.between(start, end).toSeconds() / interval.toSeconds());
            shape = new Shape(
                    day,
                    zone,
                    interval,
                    expected,
                    quoted(start),
                    quoted(end),
                    end.toInstant().toEpochMilli());
            if (expected > values.length) {
                values = new long[expected];
                given = new boolean[expected];
            }
        }
        java.util.Arrays.fill(given, false);
        received = 0;
        sum = 0;
        flagged = false;
    }

    private static byte[] quoted(ZonedDateTime time) {
        OffsetDateTime instant = time.toOffsetDateTime();
        return Bytes.of("\"" + FORM.format(instant) + "\"");
    }

    Shape shape() {
        if (shape == null) {
            throw new IllegalStateException("no curve is open");
        }
        return shape;
    }
}
