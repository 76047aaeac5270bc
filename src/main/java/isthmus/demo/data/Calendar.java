package isthmus.demo.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The fixed days of the pretend world, and how its systems print them. */
final class Calendar {
    static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 21);
    /** The greatest change time in the billing tables before the second tide. */
    static final LocalDateTime FIRST_TIDE = LocalDateTime.of(2026, 11, 21, 20, 0, 0);
    /** Change time of what the second tide updates. */
    static final LocalDateTime SECOND_TIDE = LocalDateTime.of(2026, 11, 21, 20, 15, 0);

    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SEQUENCE = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Calendar() {}

    static String text(LocalDateTime time) {
        return TEXT.format(time);
    }

    static LocalDateTime time(String text) {
        return LocalDateTime.parse(text.replace('T', ' '), TEXT);
    }

    /** A record's version as the hub orders them: UTC change time and a tie breaker. */
    static String sequence(LocalDateTime changed, int tie) {
        LocalDateTime utc =
                changed.atZone(ZONE).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return SEQUENCE.format(utc) + String.format(Locale.ROOT, "-%010d", tie);
    }
}
