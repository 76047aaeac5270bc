package isthmus.model;

/** The text rules that every room shares: what is a blank, a control character, a full-width form, and how wide (model.md 4.5). */
public final class Text {
    private static final int TO_HALF = 0xFF01 - '!';

    private Text() {}

    /** True for the blanks that are trimmed: ASCII white space, U+00A0 and U+3000. */
    public static boolean isBlank(int c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == 0xA0 || c == 0x3000;
    }

    /** The text without leading and trailing blanks. */
    public static String trim(String text) {
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

    /** The half-width form of U+FF01 to U+FF5E and U+3000; any other character as it is. */
    public static char halfWidth(char c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return (char) (c - TO_HALF);
        }
        return c == 0x3000 ? ' ' : c;
    }

    /** The text with every full-width form made half-width. */
    public static String halfWidth(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (halfWidth(text.charAt(i)) != text.charAt(i)) {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    chars[j] = halfWidth(chars[j]);
                }
                return new String(chars);
            }
        }
        return text;
    }

    /** Places on a fixed-pitch screen: East Asian wide and full-width characters take two. */
    public static int places(String text) {
        return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }

    private static boolean isWide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF && point != 0x303F
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF01 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
    }

    /** True for what no published text may hold: Cc and Cf (zero-width, byte order marks, bidi) and half surrogates. */
    public static boolean isControl(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
