package isthmus.normalize;

import isthmus.model.Reason;
import org.jspecify.annotations.Nullable;

/** Operations for dates and instants; a slot keeps what checks and validity ask for. */
final class Times {
    private Times() {}

    static Value dates(int column, int slot, Place place) {
        return (row, desk) -> {
            int from = desk.out.length;
            desk.out.add('"');
            int day = day(row[column], desk, place);
            if (day <= 0) {
                desk.out.length = from;
                return false;
            }
            Days.write(day, desk.out);
            desk.out.add('"');
            desk.stamps[slot] = day;
            return true;
        };
    }

    static Value times(int column, int slot, Place place) {
        return (row, desk) -> {
            desk.out.add('"');
            if (!time(row[column], desk, place)) {
                return false;
            }
            desk.out.add('"');
            desk.stamps[slot] = desk.moment.epochMilli();
            return true;
        };
    }

    /** The day as yyyymmdd, or not above zero when there is none. */
    static int day(@Nullable String text, Desk desk, Place place) {
        int day = Days.read(text);
        if (day <= 0 && day != Days.NONE) {
            if (day != Days.SENTINEL) {
                throw place.refuse(day == Days.RANGE ? Reason.DATE_RANGE : Reason.DATE_INVALID, desk);
            }
            desk.flag(Reason.SENTINEL, place);
        }
        return day;
    }

    /** Writes the date without quotes, or answers false when there is none. */
    static boolean date(@Nullable String text, Desk desk, Place place) {
        int day = day(text, desk, place);
        if (day <= 0) {
            return false;
        }
        Days.write(day, desk.out);
        return true;
    }

    /** Reads an instant into the desk's moment, or answers false when there is none. */
    static boolean read(@Nullable String text, Desk desk, Place place) {
        Reason fault = desk.moment.read(text, desk.zone());
        if (fault != null) {
            throw place.refuse(fault, desk);
        }
        if (desk.moment.sentinel()) {
            desk.flag(Reason.SENTINEL, place);
        }
        Reason flag = desk.moment.flag();
        if (flag != null) {
            desk.flag(flag, place);
        }
        return desk.moment.present();
    }

    /** Writes the instant without quotes, or answers false when there is none. */
    static boolean time(@Nullable String text, Desk desk, Place place) {
        boolean given = read(text, desk, place);
        if (given) {
            desk.moment.write(desk.out);
        }
        return given;
    }
}
