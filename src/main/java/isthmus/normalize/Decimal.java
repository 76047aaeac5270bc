package isthmus.normalize;

import isthmus.model.Reason;
import isthmus.model.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A decimal read digit by digit from text and written back in canonical form, without any arithmetic on the way. */
final class Decimal {
    private static final int LONGEST = 40;
    private static final int WHOLE = 15;
    private static final int LONG_DIGITS = 18;

    // One place is kept free in front for a carry, some behind for padding.
    private final byte[] digits = new byte[LONGEST + 24];
    private int start;
    private int whole;
    private int places;
    private boolean negative;
    private boolean present;

    boolean present() {
        return present;
    }

    int places() {
        return places;
    }

    int whole() {
        return whole;
    }

    void clear() {
        present = false;
    }

    /** Reads the text; blank text is no value; answers why it is no number, or null. */
    @Nullable
    Reason read(@Nullable String text) {
        present = false;
        if (text == null) {
            return null;
        }
        int at = 0;
        int to = text.length();
        while (at < to && Text.isBlank(text.charAt(at))) {
            at++;
        }
        while (to > at && Text.isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (at == to) {
            return null;
        }
        if (to - at > LONGEST) {
            return Reason.NUMBER_RANGE;
        }
        negative = Text.halfWidth(text.charAt(at)) == '-';
        return digits(text, negative ? at + 1 : at, to);
    }

    private @Nullable Reason digits(String text, int from, int to) {
        start = 1;
        whole = 0;
        places = 0;
        int end = 1;
        int point = -1;
        for (int i = from; i < to; i++) {
            char c = Text.halfWidth(text.charAt(i));
            if (c == '.' && point < 0 && i > from && i + 1 < to) {
                point = end;
                whole = end - start;
            } else if (c < '0' || c > '9') {
                return Reason.NUMBER_INVALID;
            } else if (c != '0' || end > start || point >= 0) {
                digits[end++] = (byte) (c - '0');
            }
        }
        if (from == to) {
            return Reason.NUMBER_INVALID;
        }
        if (point < 0) {
            whole = end - start;
        } else {
            places = end - point;
        }
        if (whole > WHOLE) {
            return Reason.NUMBER_RANGE;
        }
        settle();
        present = true;
        return null;
    }

    private void settle() {
        for (int i = start; i < start + whole + places; i++) {
            if (digits[i] != 0) {
                return;
            }
        }
        negative = false;
    }

    void set(long unscaled, int scale) {
        start = 1;
        present = true;
        negative = unscaled < 0;
        String text = Long.toString(Math.abs(unscaled));
        places = scale;
        whole = Math.max(0, text.length() - scale);
        int zeros = Math.max(0, scale - text.length());
        for (int i = 0; i < zeros; i++) {
            digits[start + i] = 0;
        }
        for (int i = 0; i < text.length(); i++) {
            digits[start + zeros + i] = (byte) (text.charAt(i) - '0');
        }
        if (unscaled == 0) {
            whole = 0;
        }
        settle();
    }

    /** Cuts zeros behind the given place. */
    void cut(int keep) {
        while (places > keep && digits[start + whole + places - 1] == 0) {
            places--;
        }
    }

    /** Adds zeros up to the given place. */
    void pad(int least) {
        while (places < least) {
            digits[start + whole + places++] = 0;
        }
    }

    /** Rounds HALF_UP; answers whether a digit other than zero was lost. */
    boolean round(int scale) {
        int end = start + whole + scale;
        boolean lost = false;
        for (int i = end; i < start + whole + places; i++) {
            lost |= digits[i] != 0;
        }
        if (places <= scale) {
            return false;
        }
        boolean up = digits[end] >= 5;
        places = scale;
        for (int i = end - 1; up && i >= start; i--) {
            up = digits[i] == 9;
            digits[i] = up ? 0 : (byte) (digits[i] + 1);
        }
        if (up) {
            digits[--start] = 1;
            whole++;
        }
        settle();
        return lost;
    }

    void write(Bytes out) {
        if (negative) {
            out.add('-');
        }
        if (whole == 0) {
            out.add('0');
        }
        for (int i = start; i < start + whole; i++) {
            out.add('0' + digits[i]);
        }
        if (places > 0) {
            out.add('.');
            for (int i = start + whole; i < start + whole + places; i++) {
                out.add('0' + digits[i]);
            }
        }
    }

    boolean fitsLong() {
        return whole + places <= LONG_DIGITS;
    }

    /** The number as digits of 10^-places; only when it {@link #fitsLong}. */
    long unscaled() {
        long value = 0;
        for (int i = start; i < start + whole + places; i++) {
            value = value * 10 + digits[i];
        }
        return negative ? -value : value;
    }

    BigDecimal value() {
        if (fitsLong()) {
            return BigDecimal.valueOf(unscaled(), places);
        }
        byte[] text = new byte[whole + places];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('0' + digits[start + i]);
        }
        BigInteger unscaled = new BigInteger(new String(text, java.nio.charset.StandardCharsets.US_ASCII));
        return new BigDecimal(negative ? unscaled.negate() : unscaled, places);
    }
}
