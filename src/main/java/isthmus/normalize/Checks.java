package isthmus.normalize;

import isthmus.catalog.MappingSpec.Check;
import isthmus.model.Reason;
import isthmus.normalize.Structures.AfterItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The identities of a record that are flagged, or refused, when they do not hold. */
final class Checks {
    private static final int CENTS = 2;
    private static final int PRODUCT_DIGITS = 18;

    private final List<AfterItem> after = new ArrayList<>();

    /** What the record's end asks for. */
    AfterItem[] atEnd() {
        return after.toArray(AfterItem[]::new);
    }

    /** Refuses a record whose later field is before, or unless equalAllowed at, the earlier one. */
    void order(int later, int earlier, boolean equalAllowed, Place place) {
        after.add(desk -> {
            if (desk.stamped(later) && desk.stamped(earlier)) {
                long difference = desk.stamps[later] - desk.stamps[earlier];
                if (difference < 0 || difference == 0 && !equalAllowed) {
                    throw place.refuse(Reason.PERIOD_INVALID, desk);
                }
            }
        });
    }

    /** Adds up amounts item by item; the end of the record compares the sum. */
    AfterItem sum(int item, int total, Reason flag, String pointer) {
        after.add(desk -> {
            Decimal expected = desk.numbers[total];
            if (expected.present()) {
                long high = desk.sumHigh[item] + (desk.sumLow[item] >> 32);
                long low = desk.sumLow[item] & 0xFFFF_FFFFL;
                long cents = expected.unscaled();
                if (high != cents >> 32 || low != (cents & 0xFFFF_FFFFL)) {
                    desk.flag(flag, pointer);
                }
            }
        });
        // Two halves, so that no number of lines can overflow.
        return desk -> {
            Decimal amount = desk.numbers[item];
            if (amount.present()) {
                long cents = amount.unscaled();
                desk.sumHigh[item] += cents >> 32;
                desk.sumLow[item] += cents & 0xFFFF_FFFFL;
            }
        };
    }

    /** Flags an item whose amount is further from the rounded product of its factors than allowed. */
    static AfterItem product(int left, int right, int amount, Check check, Place place) {
        BigDecimal within = new BigDecimal(check.within());
        long withinCents =
                within.setScale(CENTS, RoundingMode.FLOOR).unscaledValue().longValue();
        Reason flag = Reason.valueOf(check.flag());
        return desk -> {
            Decimal a = desk.numbers[left];
            Decimal b = desk.numbers[right];
            Decimal c = desk.numbers[amount];
            if (!a.present() || !b.present() || !c.present()) {
                return;
            }
            if (a.whole() + a.places() + b.whole() + b.places() <= PRODUCT_DIGITS) {
                long cents = rounded(a.unscaled() * b.unscaled(), a.places() + b.places());
                if (Math.abs(cents - c.unscaled()) > withinCents) {
                    desk.flag(flag, place);
                }
            } else if (a.value()
                            .multiply(b.value())
                            .setScale(CENTS, RoundingMode.HALF_UP)
                            .subtract(c.value())
                            .abs()
                            .compareTo(within)
                    > 0) {
                desk.flag(flag, place);
            }
        };
    }

    private static long rounded(long product, int places) {
        long tens = 1;
        for (int i = CENTS; i < places; i++) {
            tens *= 10;
        }
        long half = product < 0 ? -tens / 2 : tens / 2;
        return (product + half) / tens;
    }
}
