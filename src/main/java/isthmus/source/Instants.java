package isthmus.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as files write them: ISO 8601 with or without seconds and offset, digits of a calendar, seconds since 1970. */
final class Instants {
    private static final DateTimeFormatter MINUTE = form("uuuuMMddHHmm");
    private static final DateTimeFormatter SECOND = form("uuuuMMddHHmmss");
    private static final DateTimeFormatter MINUTE_OFFSET = form("uuuuMMddHHmmx");
    // A day further in on each side, so that it has four digits in every zone.
    private static final Instant FIRST = Instant.parse("0000-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final DateTimeFormatter SAID = form("uuuu-MM-dd'T'HH:mm:ssxxx");

    private Instants() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /** The instant, read in the zone where the text names none; null when it is no instant. */
    static @Nullable Instant parse(@Nullable String text, ZoneId zone) {
        return ofACalendar(read(text, zone));
    }

    /** The instant, or null where its year has not four digits: no zone could tell its day. */
    static @Nullable Instant ofACalendar(@Nullable Instant instant) {
        boolean isTold = instant != null && !instant.isBefore(FIRST) && instant.isBefore(LAST);
        return isTold ? instant : null;
    }

    private static @Nullable Instant read(@Nullable String text, ZoneId zone) {
        String plain = text == null ? "" : text.strip();
        try {
            if (plain.matches("[0-9]{9,10}")) {
                return Instant.ofEpochSecond(Long.parseLong(plain));
            }
            if (plain.matches("[0-9]{12}")) {
                return LocalDateTime.parse(plain, MINUTE).atZone(zone).toInstant();
            }
            if (plain.matches("[0-9]{14}")) {
                return LocalDateTime.parse(plain, SECOND).atZone(zone).toInstant();
            }
            if (plain.matches("[0-9]{12}[+-][0-9]{2}([0-9]{2})?")) {
                return OffsetDateTime.parse(plain, MINUTE_OFFSET).toInstant();
            }
            String iso = plain.replace(' ', 'T');
            boolean hasOffset = iso.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})");
            return hasOffset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The instant with the offset in force at the place. */
    static String say(Instant instant, ZoneId zone) {
        return SAID.format(instant.atZone(zone));
    }
}
