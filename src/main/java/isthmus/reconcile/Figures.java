package isthmus.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: thousands separated, amounts with two decimals or as many as they have. */
final class Figures {

    private Figures() {}

    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String amount(@Nullable BigDecimal amount) {
        return amount == null
                ? "-"
                : new DecimalFormat("#,##0.00#######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(amount);
    }

    /** {@code 99.99 %}, rounded down: only what is complete is a hundred. */
    static String share(long part, long whole) {
        return whole == 0
                ? "-"
                : BigDecimal.valueOf(part)
                                .movePointRight(2)
                                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN)
                                .toPlainString()
                        + " %";
    }

    /** {@code 1 open break}, {@code 2 open breaks}. */
    static String count(long number, String one) {
        return whole(number) + " " + one + (number == 1 ? "" : "s");
    }
}
