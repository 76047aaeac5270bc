package isthmus.audit.proof;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * One thing that was done, as the log knows it for good.
 *
 * @param number from 1 on, without gaps
 * @param at in microseconds
 * @param actor the account of the person, or {@code hub}
 * @param action {@code repair.different} for example
 * @param subject what it was done to, by its id
 * @param detail in words: why, and how much
 */
public record Entry(long number, Instant at, String actor, String action, String subject, String detail) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public Entry {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** A line of an exported log: an entry, and the hash that it had when it was written. */
    public record Line(Entry entry, byte[] leaf) {

        /** @throws IllegalArgumentException where it is none, or is written otherwise than the log writes: 31 November for the 30th */
        public static Line read(String text) {
            try {
                Json json = new Json(text).literal("{\"entry\":");
                Entry entry = Entry.read(json);
                json.literal(",\"leaf\":");
                byte[] leaf = HexFormat.of().parseHex(json.string());
                json.literal("}").end();
                Line line = new Line(entry, leaf);
                if (!line.text().equals(text)) {
                    throw new IllegalArgumentException("not as the log writes it");
                }
                return line;
            } catch (Json.Malformed | DateTimeException fault) {
                throw new IllegalArgumentException(fault.getMessage(), fault);
            }
        }

        public String text() {
            return "{\"entry\":" + entry.json() + ",\"leaf\":\""
                    + HexFormat.of().formatHex(leaf) + "\"}";
        }
    }

    /** What is hashed: the canonical JSON (RFC 8785) in UTF-8. */
    public byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }

    /** The hash of its leaf. */
    public byte[] leaf() {
        return Merkle.leaf(bytes());
    }

    String json() {
        StringBuilder json = new StringBuilder(160 + detail.length());
        Json.quote(action, json.append("{\"action\":"));
        Json.quote(actor, json.append(",\"actor\":"));
        json.append(",\"at\":\"").append(text(at)).append('"');
        Json.quote(detail, json.append(",\"detail\":"));
        Json.quote(subject, json.append(",\"number\":").append(number).append(",\"subject\":"));
        return json.append('}').toString();
    }

    private static Entry read(Json json) {
        String action = json.literal("{\"action\":").string();
        String actor = json.literal(",\"actor\":").string();
        Instant at = time(json.literal(",\"at\":").string());
        String detail = json.literal(",\"detail\":").string();
        long number = json.literal(",\"number\":").number();
        String subject = json.literal(",\"subject\":").string();
        json.literal("}");
        return new Entry(number, at, actor, action, subject, detail);
    }

    static String text(Instant time) {
        return MICROS.format(time);
    }

    static Instant time(String text) {
        return Instant.from(MICROS.parse(text));
    }
}
