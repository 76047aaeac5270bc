package isthmus.normalize;

import isthmus.model.Reason;
import isthmus.model.Text;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instant read from text in a zone and written as RFC 3339 with the offset in force; used again and again. */
final class Moment {
    private static final long DAY = 86_400;

    private int day;
    private int second;
    private int milli;
    private int belowMilli;
    private int offset;
    private boolean present;
    private boolean sentinel;
    private @Nullable Reason flag;

    boolean present() {
        return present;
    }

    boolean sentinel() {
        return sentinel;
    }

    /** What a change of the clock did to it: ambiguous, or shifted out of a gap; else null. */
    @Nullable
    Reason flag() {
        return flag;
    }

    /**
     * Reads {@code yyyy-MM-dd HH:mm:ss[.f to fffffffff][offset]} or {@code yyyyMMddHHmmss}; blank text and sentinels are no
     * value; answers what is wrong.
     */
    @Nullable
    Reason read(@Nullable String raw, Offsets zone) {
        present = false;
        sentinel = false;
        flag = null;
        String text = raw == null ? "" : Text.trim(raw);
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() == 14) {
            text = spread(text);
        }
        int length = text.length();
        if (length < 19 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Reason.TIME_INVALID;
        }
        day = Days.checked(Days.number(text, 0, 4), Days.number(text, 5, 2), Days.number(text, 8, 2));
        int hour = Days.number(text, 11, 2);
        int minute = Days.number(text, 14, 2);
        int sec = Days.number(text, 17, 2);
        char between = text.charAt(10);
        if (between != ' ' && between != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (hour | minute | sec) < 0
                || hour > 23
                || minute > 59
                || sec > 59) {
            return Reason.TIME_INVALID;
        }
        if (day <= 0) {
            sentinel = day == Days.SENTINEL;
            return sentinel ? null : day == Days.RANGE ? Reason.DATE_RANGE : Reason.DATE_INVALID;
        }
        second = hour * 3600 + minute * 60 + sec;
        return rest(text, 19, zone);
    }

    private static String spread(String digits) {
        return digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6, 8) + " "
                + digits.substring(8, 10) + ":" + digits.substring(10, 12) + ":" + digits.substring(12);
    }

    private @Nullable Reason rest(String text, int from, Offsets zone) {
        int at = from;
        milli = 0;
        belowMilli = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = endOfDigits(text, at + 1);
            if (end == at + 1 || end > at + 10) {
                return Reason.TIME_INVALID;
            }
            int nanos = Days.number(text, at + 1, end - at - 1);
            for (int digits = end - at - 1; digits < 9; digits++) {
                nanos *= 10;
            }
            milli = nanos / 1_000_000;
            belowMilli = nanos % 1_000_000;
            at = end;
        }
        present = true;
        if (at == text.length()) {
            local(zone);
            return null;
        }
        Integer given = offset(text, at);
        if (given == null) {
            present = false;
            return Reason.TIME_INVALID;
        }
        long epoch = Days.epochDay(day) * DAY + second - given;
        set(Instant.ofEpochSecond(epoch), zone);
        return null;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static @Nullable Integer offset(String text, int at) {
        if (text.length() == at + 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        char sign = text.charAt(at);
        if (text.length() != at + 6 || sign != '+' && sign != '-' || text.charAt(at + 3) != ':') {
            return null;
        }
        int hours = Days.number(text, at + 1, 2);
        int minutes = Days.number(text, at + 4, 2);
        if ((hours | minutes) < 0 || hours > 18 || minutes > 59) {
            return null;
        }
        return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }

    private void local(Offsets zone) {
        offset = zone.ofDay(Days.epochDay(day));
        if (offset != Offsets.MIXED) {
            return;
        }
        LocalDateTime local = Days.date(day).atStartOfDay().plusSeconds(second);
        List<ZoneOffset> valid = zone.rules().getValidOffsets(local);
        if (valid.isEmpty()) {
            ZoneOffsetTransition gap = zone.rules().getTransition(local);
            flag = Reason.TIME_GAP;
            set(local.toInstant(gap.getOffsetBefore()), zone);
        } else {
            flag = valid.size() > 1 ? Reason.TIME_AMBIGUOUS : null;
            offset = valid.get(0).getTotalSeconds();
        }
    }

    /** Takes an instant's whole seconds; the milliseconds stay. */
    private void set(Instant instant, Offsets zone) {
        OffsetDateTime there = instant.atZone(zone.zone()).toOffsetDateTime();
        day = there.getYear() * 10_000 + there.getMonthValue() * 100 + there.getDayOfMonth();
        second = there.toLocalTime().toSecondOfDay();
        offset = there.getOffset().getTotalSeconds();
    }

    long epochMilli() {
        return (Days.epochDay(day) * DAY + second - offset) * 1000 + milli;
    }

    /** Nanoseconds that the canonical form leaves out; they still tell which of two versions came later. */
    int belowMilli() {
        return belowMilli;
    }

    OffsetDateTime time() {
        return OffsetDateTime.of(
                Days.date(day),
                java.time.LocalTime.ofNanoOfDay(second * 1_000_000_000L + milli * 1_000_000L),
                ZoneOffset.ofTotalSeconds(offset));
    }

    void write(Bytes out) {
        Days.write(day, out);
        out.add('T');
        out.digits(2, second / 3600);
        out.add(':');
        out.digits(2, second / 60 % 60);
        out.add(':');
        out.digits(2, second % 60);
        if (milli != 0) {
            out.add('.');
            out.digits(3, milli);
        }
        int minutes = Math.abs(offset) / 60;
        out.add(offset < 0 ? '-' : '+');
        out.digits(2, minutes / 60);
        out.add(':');
        out.digits(2, minutes % 60);
    }
}
