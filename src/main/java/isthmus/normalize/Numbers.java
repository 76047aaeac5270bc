package isthmus.normalize;

import isthmus.model.Reason;
import org.jspecify.annotations.Nullable;

/** Operations for money, energy, prices, factors and whole numbers; a slot keeps the number for checks and totals. */
final class Numbers {
    private static final int CENTS = 2;
    private static final int DECIMAL_PLACES = 9;
    private static final int PRICE_PLACES = 8;
    private static final int PRICE_WHOLE = 9;
    private static final int MONEY_WHOLE = 15;

    private Numbers() {}

    static Value money(int column, int slot, Place place) {
        return (row, desk) -> {
            Decimal number = desk.numbers[slot];
            if (!read(number, row[column], desk, place)) {
                return false;
            }
            if (number.round(CENTS)) {
                desk.flag(Reason.MON_SCALE, place);
            }
            number.pad(CENTS);
            return quoted(number, MONEY_WHOLE, CENTS, desk, place);
        };
    }

    static Value decimal(int column, int slot, Place place) {
        return scaled(column, slot, place, CENTS, MONEY_WHOLE, DECIMAL_PLACES);
    }

    static Value price(int column, int slot, Place place) {
        return scaled(column, slot, place, CENTS, PRICE_WHOLE, PRICE_PLACES);
    }

    static Value factor(int column, int slot, Place place) {
        return scaled(column, slot, place, 0, MONEY_WHOLE, DECIMAL_PLACES);
    }

    private static Value scaled(int column, int slot, Place place, int least, int whole, int places) {
        return (row, desk) -> {
            Decimal number = desk.numbers[slot];
            if (!read(number, row[column], desk, place)) {
                return false;
            }
            number.cut(least);
            number.pad(least);
            return quoted(number, whole, places, desk, place);
        };
    }

    private static boolean quoted(Decimal number, int whole, int places, Desk desk, Place place) {
        if (number.whole() > whole || number.places() > places) {
            throw place.refuse(Reason.NUMBER_RANGE, desk);
        }
        desk.out.add('"');
        number.write(desk.out);
        desk.out.add('"');
        return true;
    }

    static Value integer(int column, long from, long to, Place place) {
        return (row, desk) -> {
            Decimal number = desk.numbers[0];
            if (!read(number, row[column], desk, place)) {
                return false;
            }
            number.cut(0);
            if (number.places() > 0) {
                throw place.refuse(Reason.NUMBER_INVALID, desk);
            }
            long value = number.unscaled();
            if (value < from || value > to) {
                throw place.refuse(Reason.NUMBER_RANGE, desk);
            }
            desk.out.integer(value);
            return true;
        };
    }

    private static boolean read(Decimal number, @Nullable String text, Desk desk, Place place) {
        Reason fault = number.read(text);
        if (fault != null) {
            throw place.refuse(fault, desk);
        }
        return number.present();
    }
}
