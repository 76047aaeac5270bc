package isthmus.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Record ids, {@code urn:isthmus:{org}:{silo}:{entity}:{key}} (model.md 2.1). */
public final class Urn {
    /** The longest key, in encoded characters. */
    public static final int MAX_KEY = 200;

    /** Before the key. */
    private static final int PARTS = 5;

    private static final String SAFE = "-._~!$&'()*+,;=:@";
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

    /** Shorter words stand in anything. */
    private static final int TELLING = 5;

    private static final boolean[] PCHAR = new boolean[128];
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    static {
        for (char c = 0; c < 128; c++) {
            PCHAR[c] = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || SAFE.indexOf(c) >= 0;
        }
    }

    private Urn() {}

    /** What comes before the key. */
    public static String prefix(String org, String silo, String entity) {
        return "urn:isthmus:" + org + ":" + silo + ":" + entity + ":";
    }

    /** True for the characters that stand for themselves in a key part: RFC 3986 {@code pchar}. */
    public static boolean isPlain(char c) {
        return c < 128 && PCHAR[c];
    }

    /** The native key part, half-width and trimmed; null when it is empty or holds a control character. */
    public static @Nullable String part(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String part = Text.trim(Text.halfWidth(raw));
        return part.isEmpty() || part.codePoints().anyMatch(Text::isControl) ? null : part;
    }

    /** The native key in a record's id, its parts joined by {@code /}; any other text is its own key. */
    public static String key(String id) {
        String[] parts = id.split(":", 6);
        return parts.length < 6 || !parts[0].equals("urn")
                ? id
                : URLDecoder.decode(parts[5].replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The words of a record's native key by which its system's data can be told to be about it; short ones where it has no others. */
    public static Set<String> words(String id) {
        Set<String> words = SEPARATORS
                .splitAsStream(key(id))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        Set<String> telling =
                words.stream().filter(word -> word.length() >= TELLING).collect(Collectors.toSet());
        return telling.isEmpty() ? words : telling;
    }

    /** Whether one of such words stands by itself in bytes of any charset in which ASCII is itself. */
    public static boolean isIn(Set<String> words, byte[] bytes) {
        return !words.isEmpty()
                && SEPARATORS
                        .splitAsStream(new String(bytes, StandardCharsets.ISO_8859_1))
                        .anyMatch(words::contains);
    }

    /** The org in a record's id; empty when it is no id. */
    public static String org(String id) {
        return part(id, 2);
    }

    /** The silo in a record's id; empty when it is no id. */
    public static String silo(String id) {
        return part(id, 3);
    }

    /** The entity in a record's id; empty when it is no id. */
    public static String entity(String id) {
        return part(id, 4);
    }

    private static String part(String id, int place) {
        if (!id.startsWith("urn:")) {
            return "";
        }
        int start = 0;
        int end = -1;
        // All five colons before the key are wanted, whichever part is asked for.
        for (int i = 0, at = 0; i < PARTS; i++) {
            int colon = id.indexOf(':', at);
            if (colon < 0) {
                return "";
            }
            if (i == place) {
                start = at;
                end = colon;
            }
            at = colon + 1;
        }
        return id.substring(start, end);
    }

    /** A key part as it stands in a URN: every UTF-8 byte outside {@code pchar} percent-encoded. */
    public static String encode(String part) {
        StringBuilder out = new StringBuilder(part.length() + 8);
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && PCHAR[b]) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
        return out.toString();
    }
}
