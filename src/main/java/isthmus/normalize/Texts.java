package isthmus.normalize;

import isthmus.catalog.FieldSpec;
import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.model.Reason;
import isthmus.model.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations for text, names, addresses, codes and booleans. */
final class Texts {
    private static final int LONGEST = 512;
    private static final byte[] DISPLAY = Bytes.of("{\"display\":");
    private static final byte[] NORMALIZED = Bytes.of(",\"normalized\":");
    private static final byte[] PLACE_NORMALIZED = Bytes.of("{\"normalized\":");
    private static final byte[] RAW = Bytes.of(",\"raw\":");

    private Texts() {}

    static Value text(int column, int longest, Place place) {
        return (row, desk) -> {
            String text = desk.cleaner.display(row[column], false);
            desk.flagText(place);
            if (text == null) {
                return false;
            }
            quoted(text, longest, desk, place);
            return true;
        };
    }

    /** Native key text as a plain field: half-width and trimmed. */
    static Value key(int column, Place place) {
        return (row, desk) -> {
            String raw = row[column];
            String text = raw == null ? "" : Text.trim(Text.halfWidth(raw));
            if (text.isEmpty()) {
                return false;
            }
            if (hasControl(text)) {
                throw place.refuse(Reason.KEY_INVALID, desk);
            }
            quoted(text, LONGEST, desk, place);
            return true;
        };
    }

    /** A legacy code as it stands, trimmed. */
    static Value raw(int column, Place place) {
        return (row, desk) -> {
            String text = desk.cleaner.raw(row[column]);
            desk.flagText(place);
            if (text == null) {
                return false;
            }
            quoted(text, LONGEST, desk, place);
            return true;
        };
    }

    static Value name(int column, @Nullable Pattern placeholder, Place place) {
        return (row, desk) -> {
            String display = desk.cleaner.display(row[column], true);
            desk.flagText(place);
            if (display == null) {
                return false;
            }
            if (placeholder != null && placeholder.matcher(display).find()) {
                desk.flag(Reason.CUS_NAME, place);
            }
            desk.out.add(DISPLAY);
            quoted(display, LONGEST, desk, place);
            desk.out.add(NORMALIZED);
            desk.out.quoted(display.replace(" ", "").toLowerCase(Locale.ROOT));
            desk.out.add('}');
            return true;
        };
    }

    static Value address(int column, @Nullable String role, Place place) {
        byte[] ending = Bytes.of(role == null ? "}" : ",\"role\":\"" + role + "\"}");
        return (row, desk) -> {
            String normalized = desk.cleaner.display(row[column], true);
            desk.flagText(place);
            String raw = normalized == null ? null : desk.cleaner.raw(row[column]);
            if (normalized == null || raw == null) {
                return false;
            }
            desk.out.add(PLACE_NORMALIZED);
            quoted(normalized, LONGEST, desk, place);
            desk.out.add(RAW);
            quoted(raw, LONGEST, desk, place);
            desk.out.add(ending);
            return true;
        };
    }

    /** One of two words, by what the display form of a name holds. */
    static Value match(int column, Pattern pattern, String then, String otherwise) {
        byte[] yes = Bytes.of("\"" + then + "\"");
        byte[] no = Bytes.of("\"" + otherwise + "\"");
        return (row, desk) -> {
            String text = desk.cleaner.display(row[column], true);
            desk.out.add(text != null && pattern.matcher(text).find() ? yes : no);
            return true;
        };
    }

    static Value code(int column, CodeTable table, String unknown, Place place) {
        Map<String, byte[]> values = new HashMap<>();
        table.values().forEach((code, value) -> values.put(code, Bytes.of("\"" + value + "\"")));
        byte[] other = Bytes.of("\"" + unknown + "\"");
        boolean refuses = unknown.equals(FieldSpec.REFUSE);
        return (row, desk) -> {
            String raw = row[column];
            String code = raw == null ? "" : Text.trim(raw);
            if (code.isEmpty()) {
                return false;
            }
            byte[] value = values.get(code);
            if (value == null && refuses) {
                throw place.refuse(Reason.CODE_REFUSED, desk);
            }
            if (value == null) {
                desk.flag(Reason.CODE_UNKNOWN, place);
            }
            desk.out.add(value == null ? other : value);
            return true;
        };
    }

    /** Only the declared values; where one is required, blank is neither of them. */
    static Value bool(int column, List<String> yes, List<String> no, boolean required, Place place) {
        byte[] isTrue = Bytes.of("true");
        byte[] isFalse = Bytes.of("false");
        return (row, desk) -> {
            String raw = row[column];
            String text = raw == null ? "" : Text.trim(raw);
            if (text.isEmpty() && !required) {
                return false;
            }
            if (!yes.contains(text) && !no.contains(text)) {
                throw place.refuse(Reason.BOOLEAN_INVALID, desk);
            }
            desk.out.add(yes.contains(text) ? isTrue : isFalse);
            return true;
        };
    }

    static void quoted(String text, int longest, Desk desk, Place place) {
        if (text.length() > longest) {
            throw place.refuse(Reason.TEXT_LENGTH, desk);
        }
        desk.out.quoted(text);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && Text.isControl(text.codePointAt(i))) {
                return !Character.isLowSurrogate(c) || i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
            }
        }
        return false;
    }
}
