package isthmus.model;

import java.util.regex.Pattern;

/**
 * A cell of a CSV file as RFC 4180 wants it; one that a spreadsheet would take for a formula is made text by an apostrophe.
 */
public final class CsvCell {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

    private CsvCell() {}

    /** The cell that says the text. */
    public static String of(String text) {
        String safe = isFormula(text) ? "'" + text : text;
        return isQuoted(safe) ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty()
                && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
    }

    private static boolean isQuoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == ',' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
