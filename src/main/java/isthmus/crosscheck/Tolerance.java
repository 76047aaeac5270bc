package isthmus.crosscheck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How far two figures may be apart: by {@code abs}, or by the share {@code rel} of the left one, whichever is more.
 *
 * @param of what is weighed
 * @param graceDays how many days late may be, for the query to use
 */
record Tolerance(Of of, BigDecimal abs, BigDecimal rel, int graceDays) {

    /** What is weighed: nothing, so that every row of the query is a break, or a difference of energy or money. */
    enum Of {
        NOTHING,
        KWH,
        MONEY
    }

    /** What the query gave for one subject, against what it may be. */
    Verdict weigh(@Nullable BigDecimal left, @Nullable BigDecimal right, @Nullable BigDecimal money) {
        return switch (of) {
            case NOTHING -> Verdict.BREAK;
            case KWH -> verdict(orZero(left).subtract(orZero(right)), bound(orZero(left)));
            case MONEY -> verdict(orZero(money), abs);
        };
    }

    BigDecimal bound(BigDecimal left) {
        return abs.max(rel.multiply(left.abs()));
    }

    /** For people: {@code 0.5% of 124.20 is 0.621, at least 1}. */
    String text(@Nullable BigDecimal left) {
        if (of == Of.MONEY || rel.signum() == 0) {
            return abs.toPlainString();
        }
        return "%s%% of %s is %s, at least %s"
                .formatted(
                        rel.movePointRight(2).stripTrailingZeros().toPlainString(),
                        orZero(left).toPlainString(),
                        rel.multiply(orZero(left).abs())
                                .setScale(3, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString(),
                        abs.toPlainString());
    }

    private static Verdict verdict(BigDecimal difference, BigDecimal bound) {
        if (difference.signum() == 0) {
            return Verdict.AGREES;
        }
        return difference.abs().compareTo(bound) <= 0 ? Verdict.WITHIN : Verdict.BREAK;
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** What a row of the query is. */
    enum Verdict {
        AGREES,
        WITHIN,
        BREAK
    }
}
