package isthmus.normalize;

import isthmus.model.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Local dates as {@code yyyymmdd} numbers, read without garbage; what is no date is a number below 1. */
final class Days {
    static final int NONE = 0;
    static final int SENTINEL = -1;
    static final int INVALID = -2;
    static final int RANGE = -3;

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;

    private Days() {}

    /** Reads {@code yyyy-MM-dd} or {@code yyyyMMdd}. */
    static int read(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        int from = 0;
        int to = text.length();
        while (from < to && Text.isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && Text.isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (to == from) {
            return NONE;
        }
        if (to - from == 10 && text.charAt(from + 4) == '-' && text.charAt(from + 7) == '-') {
            return checked(number(text, from, 4), number(text, from + 5, 2), number(text, from + 8, 2));
        }
        if (to - from == 8) {
            return checked(number(text, from, 4), number(text, from + 4, 2), number(text, from + 6, 2));
        }
        return INVALID;
    }

    /** The digits as a number, or a number far below zero when one is no digit. */
    static int number(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Integer.MIN_VALUE;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    static int checked(int year, int month, int day) {
        if (year < 0 || month < 0 || day < 0) {
            return INVALID;
        }
        int packed = year * 10_000 + month * 100 + day;
        if (packed == 0 || packed == 1900_01_01 || packed == 9999_12_31) {
            return SENTINEL;
        }
        if (month < 1 || month > 12 || day < 1 || day > length(year, month)) {
            return INVALID;
        }
        return year < FIRST_YEAR || year > LAST_YEAR ? RANGE : packed;
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    static LocalDate date(int packed) {
        return LocalDate.of(packed / 10_000, packed / 100 % 100, packed % 100);
    }

    /** Days since 1970-01-01, after Howard Hinnant's days_from_civil. */
    static long epochDay(int packed) {
        int month = packed / 100 % 100;
        long year = packed / 10_000 - (month <= 2 ? 1 : 0);
        long era = year / 400;
        long yearOfEra = year - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + packed % 100 - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    static void write(int packed, Bytes out) {
        out.digits(4, packed / 10_000);
        out.add('-');
        out.digits(2, packed / 100 % 100);
        out.add('-');
        out.digits(2, packed % 100);
    }
}
