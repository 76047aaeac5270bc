package isthmus.security.seal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what a customer is looked for without its value being written down, and how the value is said for that. */
public enum Wanted {
    /** A telephone number or an e-mail address, in any way of writing. */
    CONTACT("contacts/", "/value") {
        @Override
        String said(String value) {
            String text = Normalizer.normalize(value, Normalizer.Form.NFKC).strip();
            if (text.indexOf('@') >= 0) {
                return text.toLowerCase(Locale.ROOT);
            }
            String digits = text.replaceAll("[^0-9]", "");
            return digits.matches("(00)?861[0-9]{10}") ? digits.substring(digits.length() - 11) : digits;
        }
    },
    /** A name; blanks, dots and width count for nothing. */
    NAME("name/display", "") {
        @Override
        String said(String value) {
            return BETWEEN.matcher(Normalizer.normalize(value, Normalizer.Form.NFKC))
                    .replaceAll("")
                    .toLowerCase(Locale.ROOT);
        }
    },
    /** The keyed hash of an identity number, as records have it. */
    NUMBER("identifiers/", "/hash") {
        @Override
        String said(String value) {
            return value;
        }
    };

    private static final Wanted[] ALL = values();
    private static final Pattern BETWEEN = Pattern.compile("[\\s·•・‧.]+");

    private final String begin;
    private final String end;

    Wanted(String begin, String end) {
        this.begin = begin;
        this.end = end;
    }

    abstract String said(String value);

    /** By what the value at a path of a customer's record is looked for; null for nothing. */
    static @Nullable Wanted at(String path) {
        for (Wanted kind : ALL) {
            if (path.startsWith(kind.begin) && path.endsWith(kind.end)) {
                return kind;
            }
        }
        return null;
    }

    /** What stands for the value in the index. */
    public long token(Blind blind, String value) {
        return blind.token(name(), said(value));
    }
}
