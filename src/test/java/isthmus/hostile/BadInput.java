package isthmus.hostile;

import java.util.Map;

/**
 * One row of the table.
 *
 * @param id the fixture of trust.md
 * @param variant what is sent, in words
 * @param way through which door it comes
 * @param sent as it is sent, with its characters escaped, or the name of a recipe of {@code way}
 * @param expected what becomes of it: a reason, the status and code of an answer, {@code stored} with its flags, {@code open}
 * @param holds a text that must be in what was made of it
 */
record BadInput(int n, int id, String variant, String way, String sent, String expected, String holds) {
    private static final Map<String, String> ESCAPES = Map.of("n", "\n", "r", "\r", "t", "\t", "\\", "\\");

    boolean isOpen() {
        return expected.equals("open");
    }

    /** A number for keys and names of its own. */
    String key() {
        return "%04d".formatted(n);
    }

    /** What is sent, with {@code {key}} as its own and the escapes as what they stand for. */
    String text() {
        return unescaped(sent.replace("{key}", key()));
    }

    static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            i++;
            char kind = text.charAt(i);
            if (kind == 'u') {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(ESCAPES.get(String.valueOf(kind)));
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return id + " " + variant;
    }
}
