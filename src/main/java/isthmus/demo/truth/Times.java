package isthmus.demo.truth;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and instants as the formats define them, in the utility's zone. */
final class Times {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Set<String> SENTINELS = Set.of("0000-00-00", "1900-01-01", "9999-12-31");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-?([0-9]{2})-?([0-9]{2})");
    private static final Pattern TIME = Pattern.compile(
            "([^ T]+)[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,3}))?(Z|[+-][0-9]{2}:[0-9]{2})?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private Times() {}

    static @Nullable LocalDate date(@Nullable String raw, String field) {
        String text = Words.trimmed(raw);
        if (text == null || SENTINELS.contains(text)) {
            return null;
        }
        Matcher parts = DATE.matcher(text);
        boolean form = parts.matches() && (text.length() == 8 || text.length() == 10);
        if (!form) {
            throw new Refused("DATE-INVALID", field);
        }
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            if (date.getYear() < 1900 || date.getYear() > 2199) {
                throw new Refused("DATE-RANGE", field);
            }
            return date;
        } catch (DateTimeException notInCalendar) {
            throw new Refused("DATE-INVALID", field);
        }
    }

    /** A date in its canonical form. */
    static @Nullable String day(@Nullable String raw, String field) {
        LocalDate date = date(raw, field);
        return date == null ? null : date.toString();
    }

    static @Nullable OffsetDateTime instant(@Nullable String raw, String field) {
        String text = Words.trimmed(raw);
        if (text == null) {
            return null;
        }
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new Refused("TIME-INVALID", field);
        }
        LocalDate date = date(parts.group(1), field);
        if (date == null) {
            return null;
        }
        try {
            String fraction = parts.group(5) == null ? "0" : (parts.group(5) + "00").substring(0, 3);
            LocalTime time = LocalTime.of(
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    Integer.parseInt(fraction) * 1_000_000);
            LocalDateTime local = LocalDateTime.of(date, time);
            String offset = parts.group(6);
            return offset == null
                    ? local.atZone(ZONE).toOffsetDateTime()
                    : local.atOffset(ZoneOffset.of(offset))
                            .atZoneSameInstant(ZONE)
                            .toOffsetDateTime();
        } catch (DateTimeException notOfTheClock) {
            throw new Refused("TIME-INVALID", field);
        }
    }

    /** An instant in its canonical form: RFC 3339 with the offset in force, milliseconds only when there are some. */
    static @Nullable String time(@Nullable String raw, String field) {
        OffsetDateTime instant = instant(raw, field);
        return instant == null ? null : rfc3339(instant);
    }

    static String rfc3339(OffsetDateTime instant) {
        return (instant.getNano() == 0 ? SECONDS : MILLIS).format(instant);
    }
}
