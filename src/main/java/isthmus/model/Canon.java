package isthmus.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form: RFC 8785 bytes of our restricted JSON (objects, lists, text, integers within 2^53, booleans, null;
 * decimals are text) and the one way in which each kind of decimal is written (model.md 4.1).
 */
public final class Canon {
    private static final long SAFE = (1L << 53) - 1;

    private Canon() {}

    /** How a decimal is written. */
    public enum Kind {
        /** Two places, HALF_UP. */
        MONEY,
        /** The source's scale, zeros after the second place cut, at least two places. */
        DECIMAL,
        /** Written as {@link #DECIMAL}. */
        PRICE,
        /** No needless zero and no needless point. */
        FACTOR
    }

    /** The canonical text of a decimal. */
    public static String decimal(Kind kind, BigDecimal value) {
        if (kind == Kind.MONEY) {
            return value.setScale(2, RoundingMode.HALF_UP).toPlainString();
        }
        int least = kind == Kind.FACTOR ? 0 : 2;
        BigDecimal cut = value.stripTrailingZeros();
        return cut.setScale(Math.max(least, cut.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** The canonical bytes of a tree of maps, lists, texts, integers, longs, booleans and nulls. */
    public static byte[] bytes(@Nullable Object json) {
        StringBuilder text = new StringBuilder(512);
        write(json, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable Object json, StringBuilder out) {
        if (json instanceof Map<?, ?> map) {
            // String order is UTF-16 code unit order, which is what RFC 8785 asks for.
            char before = '{';
            for (Object key : new TreeSet<Object>(map.keySet())) {
                out.append(before);
                quote((String) key, out);
                out.append(':');
                write(map.get(key), out);
                before = ',';
            }
            out.append(before == '{' ? "{}" : "}");
        } else if (json instanceof List<?> list) {
            char before = '[';
            for (Object item : list) {
                out.append(before);
                write(item, out);
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else if (json instanceof String text) {
            quote(text, out);
        } else if (json instanceof Integer || json instanceof Long) {
            long number = ((Number) json).longValue();
            if (number > SAFE || number < -SAFE) {
                throw new IllegalArgumentException("integer beyond 2^53");
            }
            out.append(number);
        } else if (json == null || json instanceof Boolean) {
            out.append(json);
        } else {
            throw new IllegalArgumentException("not in the restricted JSON: " + json.getClass());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                int named = "\b\t\n\f\r".indexOf(c);
                out.append(named >= 0 ? "\\" + "btnfr".charAt(named) : String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
