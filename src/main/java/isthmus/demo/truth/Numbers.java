package isthmus.demo.truth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimal text as the formats define it; the canonical forms of money, energy, price and factor. */
final class Numbers {
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private Numbers() {}

    /** The number, or null when there is no text. */
    static @Nullable BigDecimal number(@Nullable String raw, String field) {
        if (raw == null) {
            return null;
        }
        if (raw.length() > 40) {
            throw new Refused("NUMBER-RANGE", field);
        }
        String text = Words.trimmed(raw);
        if (text == null) {
            return null;
        }
        if (!PLAIN.matcher(text).matches()) {
            throw new Refused("NUMBER-INVALID", field);
        }
        BigDecimal number = new BigDecimal(text);
        if (digitsBeforePoint(number) > 15) {
            throw new Refused("NUMBER-RANGE", field);
        }
        return number;
    }

    private static int digitsBeforePoint(BigDecimal number) {
        return number.precision() - number.scale();
    }

    static @Nullable String money(@Nullable String raw, String field) {
        BigDecimal number = number(raw, field);
        return number == null ? null : number.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** Energy, registers, capacities: the source's scale, at least two places, no idle zeros after them. */
    static @Nullable String decimal(@Nullable String raw, String field) {
        BigDecimal number = number(raw, field);
        if (number == null) {
            return null;
        }
        if (number.scale() > 9) {
            throw new Refused("NUMBER-RANGE", field);
        }
        return places(number);
    }

    static @Nullable String price(@Nullable String raw, String field) {
        BigDecimal number = number(raw, field);
        if (number == null) {
            return null;
        }
        if (number.scale() > 8 || digitsBeforePoint(number) > 9) {
            throw new Refused("NUMBER-RANGE", field);
        }
        return places(number);
    }

    static String places(BigDecimal number) {
        BigDecimal bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return (bare.scale() < 2 ? bare.setScale(2) : bare).toPlainString();
    }

    static @Nullable String factor(@Nullable String raw, String field) {
        BigDecimal number = number(raw, field);
        if (number == null) {
            return null;
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static @Nullable Long integer(@Nullable String raw, String field) {
        BigDecimal number = number(raw, field);
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw new Refused("NUMBER-INVALID", field);
        }
        return number.longValueExact();
    }

    static @Nullable Long integer(@Nullable String raw, int min, int max, String field) {
        Long number = integer(raw, field);
        if (number != null && (number < min || number > max)) {
            throw new Refused("NUMBER-RANGE", field);
        }
        return number;
    }
}
