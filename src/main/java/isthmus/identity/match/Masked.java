package isthmus.identity.match;

import java.util.regex.Pattern;

/** Hides a value so far that whoever judges a pair can tell two apart, and nobody is named (model.md 5.11). By code points. */
public final class Masked {
    private static final Pattern COUNTRY = Pattern.compile("^\\+86(?=1[0-9]{10}$)");

    private Masked() {}

    /** The first character, a surname as a rule: {@code 李*}. */
    public static String person(String name) {
        return kept(name, 1, 0);
    }

    /** Where it sits and what its name ends with. */
    public static String organization(String name) {
        return length(name) < 6 ? person(name) : kept(name, 2, 2);
    }

    /** Both ends: {@code 138****0001}; of a short one less. */
    public static String number(String number) {
        String plain = COUNTRY.matcher(number).replaceFirst("");
        return length(plain) >= 11 ? kept(plain, 3, 4) : length(plain) >= 6 ? kept(plain, 1, 2) : kept(plain, 1, 0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String kept(String text, int head, int tail) {
        int[] points = text.codePoints().toArray();
        int hidden = Math.max(0, points.length - head - tail);
        int first = Math.min(head, points.length);
        return new String(points, 0, first)
                + "*".repeat(hidden)
                + new String(points, first + hidden, points.length - first - hidden);
    }
}
