package isthmus.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.Position;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The greatest change time that a pull has seen, in the system's own zone, with the key that carried it. It only rises, and
 * it is only ever a value that was read: never the hub's clock.
 */
final class Watermark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter BLANK = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(java.time.format.ResolverStyle.STRICT);

    private final ZoneId zone;
    private final LocalDateTime latest;
    private @Nullable LocalDateTime time;
    private List<String> key = List.of();

    /**
     * @param latest no change time after this moves the watermark: one row from the far future would hide all later ones
     */
    Watermark(Optional<Position> from, ZoneId zone, LocalDateTime latest) {
        this.zone = zone;
        this.latest = latest;
        from.ifPresent(position -> read(position.value()));
    }

    private void read(String value) {
        try {
            JsonNode node = JSON.readTree(value);
            time = parse(node.path("time").asText());
            key = node.path("key").isArray()
                    ? JSON.convertValue(
                            node.get("key"), JSON.getTypeFactory().constructCollectionType(List.class, String.class))
                    : List.of();
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a position that this reader did not write: " + value, fault);
        }
    }

    /** Where the next question begins: the watermark less the overlap; empty when nothing was seen yet. */
    Optional<LocalDateTime> from(Duration overlap) {
        return Optional.ofNullable(time).map(seen -> seen.minus(overlap));
    }

    /** Takes note of a row's change time; what is not a time, or lies too far ahead, moves nothing. */
    void see(@Nullable String text, List<String> keyOfRow) {
        LocalDateTime seen = parse(text);
        if (seen != null && !seen.isAfter(latest) && (time == null || !seen.isBefore(time))) {
            time = seen;
            key = keyOfRow;
        }
    }

    /** The position's value, or null while nothing was seen. */
    @Nullable
    String value() {
        if (time == null) {
            return null;
        }
        ObjectNode node = JSON.createObjectNode().put("time", format(time));
        key.forEach(node.withArray("/key")::add);
        return node.toString();
    }

    static String format(LocalDateTime time) {
        return BLANK.format(time);
    }

    private @Nullable LocalDateTime parse(@Nullable String text) {
        return parse(text, zone);
    }

    /** A change time in the source's own zone; null for what is none. */
    static @Nullable LocalDateTime parse(@Nullable String text, ZoneId zone) {
        if (text == null || text.length() < 19) {
            return null;
        }
        LocalDateTime plain = plain(text);
        if (plain != null) {
            return plain;
        }
        String blank = text.strip().replace('T', ' ');
        try {
            return LocalDateTime.parse(blank, BLANK);
        } catch (DateTimeException otherForm) {
            return parseWithOffset(text.strip().replace(' ', 'T'), zone);
        }
    }

    /** The form that nearly every row has, {@code yyyy-MM-dd HH:mm:ss}, without a formatter's detours; null for others. */
    private static @Nullable LocalDateTime plain(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isPlain = text.length() == 19
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == ' '
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (year | month | day | hour | minute | second) >= 0;
        if (!isPlain || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static @Nullable LocalDateTime parseWithOffset(String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDateTime();
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
