package isthmus.demo.truth;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text, keys and ids as the formats define them: cleaned, never guessed. */
final class Words {
    static final int SHORT = 512;
    private static final Set<String> SENTINELS = Set.of("无", "/", "*", "-", "不详");
    private static final String PCHAR = "-._~!$&'()*+,;=:@";

    private Words() {}

    static String urn(String silo, String entity, String key) {
        return "urn:isthmus:yj:" + silo + ":" + entity + ":" + key;
    }

    /** A native key's part, percent-encoded; a null, empty or dirty one is refused. */
    static String key(@Nullable String text, String field) {
        String clean = text == null ? "" : trim(half(text));
        if (clean.isEmpty() || clean.codePoints().anyMatch(Words::isHidden)) {
            throw new Refused("KEY-INVALID", field);
        }
        StringBuilder out = new StringBuilder(clean.length());
        for (byte b : clean.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (plain || c < 0x80 && PCHAR.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** Every full-width ASCII form and the ideographic space made half-width. */
    static String half(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= '！' && c <= '～') {
                out.setCharAt(i, (char) (c - 0xFEE0));
            } else if (c == '\u3000') {
                out.setCharAt(i, ' ');
            }
        }
        return out.toString();
    }

    private static String halfLatin(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= '０' && c <= '９' || c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ') {
                out.setCharAt(i, (char) (c - 0xFEE0));
            }
        }
        return out.toString();
    }

    static @Nullable String text(@Nullable String raw, String field) {
        return text(raw, field, SHORT);
    }

    static @Nullable String text(@Nullable String raw, String field, int limit) {
        if (raw == null) {
            return null;
        }
        String clean = closeUp(Normalizer.normalize(withoutHidden(raw), Normalizer.Form.NFC));
        if (clean.isEmpty() || SENTINELS.contains(clean)) {
            return null;
        }
        if (clean.length() > limit) {
            throw new Refused("TEXT-LENGTH", field);
        }
        return clean;
    }

    /** Text whose Latin letters and digits are made half-width: names and addresses. */
    static @Nullable String textHalf(@Nullable String raw, String field) {
        String text = text(raw, field);
        return text == null ? null : halfLatin(text);
    }

    static String need(@Nullable String value, String field) {
        if (value == null) {
            throw new Refused("FIELD-MISSING", field);
        }
        return value;
    }

    /** An address as it was written, only without hidden characters. */
    static String raw(String text) {
        return trim(withoutHidden(text));
    }

    static String matchForm(String display) {
        return display.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    static @Nullable String trimmed(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trim = trim(half(text));
        return trim.isEmpty() ? null : trim;
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || Character.isSpaceChar(c);
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT;
    }

    private static String withoutHidden(String text) {
        if (text.codePoints().noneMatch(Words::isHidden)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isHidden(c)).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Trims, makes each run of blanks one blank, and takes blanks out between two Han characters. */
    private static String closeUp(String text) {
        int[] in = trim(text).codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < in.length; i++) {
            if (!isBlank(in[i])) {
                out.appendCodePoint(in[i]);
            } else if (!isBlank(in[i - 1])) {
                int next = i + 1;
                while (isBlank(in[next])) {
                    next++;
                }
                if (!isHan(in[i - 1]) || !isHan(in[next])) {
                    out.append(' ');
                }
            }
        }
        return out.toString();
    }

    private static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
