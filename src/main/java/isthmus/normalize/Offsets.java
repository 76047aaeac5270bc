package isthmus.normalize;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/** The offsets of a zone, remembered for whole days on which the clock is not changed; for one thread. */
final class Offsets {
    static final int MIXED = Integer.MIN_VALUE;
    private static final int REMEMBERED = 1024;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final long[] days = new long[REMEMBERED];
    private final int[] seconds = new int[REMEMBERED];

    Offsets(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
        Arrays.fill(days, Long.MIN_VALUE);
    }

    ZoneId zone() {
        return zone;
    }

    ZoneRules rules() {
        return rules;
    }

    /** The offset in seconds of a whole local day, or {@link #MIXED} when it changes within or around it. */
    int ofDay(long epochDay) {
        int at = (int) (epochDay & REMEMBERED - 1);
        if (days[at] != epochDay) {
            days[at] = epochDay;
            seconds[at] = find(epochDay);
        }
        return seconds[at];
    }

    private int find(long epochDay) {
        LocalDateTime noon = LocalDate.ofEpochDay(epochDay).atTime(12, 0);
        ZoneOffset offset = rules.getOffset(noon);
        Instant from = noon.minusDays(1).toInstant(offset);
        ZoneOffsetTransition next = rules.nextTransition(from);
        boolean quiet =
                next == null || next.getInstant().isAfter(noon.plusDays(1).toInstant(offset));
        return quiet ? offset.getTotalSeconds() : MIXED;
    }
}
