package isthmus.normalize;

import isthmus.model.Text;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer.Form;
import org.jspecify.annotations.Nullable;

/** The display form of text (model.md 4.5), with what was done to the last one; for one thread. */
final class Cleaner {
    private static final String[] SENTINELS = {"无", "/", "*", "-", "不详"};

    private boolean control;
    private boolean fullWidth;
    private boolean privateUse;
    private boolean sentinel;
    private boolean broken;

    boolean control() {
        return control;
    }

    boolean fullWidth() {
        return fullWidth;
    }

    boolean privateUse() {
        return privateUse;
    }

    boolean sentinel() {
        return sentinel;
    }

    /** True when half a surrogate pair was met, which no JSON can hold. */
    boolean broken() {
        return broken;
    }

    private void reset() {
        control = false;
        fullWidth = false;
        privateUse = false;
        sentinel = false;
        broken = false;
    }

    /** The display form, or null when nothing, or only a placeholder, is there; half: Latin letters and digits too. */
    @Nullable
    String display(@Nullable String raw, boolean half) {
        reset();
        if (raw == null) {
            return null;
        }
        String text = Text.trim(raw);
        if (!isPlain(text)) {
            text = Text.trim(squeezed(java.text.Normalizer.normalize(without(text), Form.NFC), half));
        }
        sentinel = isSentinel(text);
        return text.isEmpty() || sentinel ? null : text;
    }

    /** The text without control characters and outer blanks, or null when nothing is there. */
    @Nullable
    String raw(@Nullable String raw) {
        reset();
        String text = raw == null ? "" : Text.trim(raw);
        String kept = isPlain(text) ? text : Text.trim(without(text));
        return kept.isEmpty() ? null : kept;
    }

    static boolean isSentinel(String text) {
        for (String candidate : SENTINELS) {
            if (candidate.equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** True when no rule has anything to do: ASCII and common Han only, single blanks, none between two Han. */
    private static boolean isPlain(String text) {
        char before = 'x';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c > ' ' && c < 0x7F || isCommonHan(c);
            if (!plain) {
                char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
                if (c != ' ' || Text.isBlank(next) || isCommonHan(before) && isCommonHan(next)) {
                    return false;
                }
            }
            before = c;
        }
        return true;
    }

    private static boolean isCommonHan(char c) {
        return c >= 0x4E00 && c <= 0x9FA5;
    }

    private String without(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (Text.isControl(point)) {
                broken |= Character.getType(point) == Character.SURROGATE;
                control = true;
            } else {
                privateUse |= Character.getType(point) == Character.PRIVATE_USE;
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    private String squeezed(String text, boolean half) {
        StringBuilder out = new StringBuilder(text.length());
        int before = 0;
        boolean blank = false;
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (Character.isSpaceChar(point)) {
                blank = true;
                continue;
            }
            if (blank && before != 0 && !(isHan(before) && isHan(point))) {
                out.append(' ');
            }
            blank = false;
            before = point;
            out.appendCodePoint(half ? narrow(point) : point);
        }
        return out.toString();
    }

    private static boolean isHan(int point) {
        return UnicodeScript.of(point) == UnicodeScript.HAN;
    }

    private int narrow(int point) {
        boolean wide = point >= '０' && point <= '９' || point >= 'Ａ' && point <= 'Ｚ' || point >= 'ａ' && point <= 'ｚ';
        fullWidth |= wide;
        return wide ? Text.halfWidth((char) point) : point;
    }
}
