package isthmus.source;

import org.jspecify.annotations.Nullable;

/** What a person looks a piece up by. */
final class Locators {
    private Locators() {}

    /** A native key without the padding of CHAR columns, ideographic blanks and no-break blanks. */
    static String trimmed(@Nullable String key) {
        if (key == null) {
            return "";
        }
        int from = 0;
        int to = key.length();
        while (from < to && isBlank(key.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(key.charAt(to - 1))) {
            to--;
        }
        return key.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\u3000' || c == '\u00a0';
    }
}
