package isthmus.serve.views;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The days of one kind of values of a service point. */
final class Channel {
    private final TreeMap<LocalDate, TreeMap<Duration, Day>> days = new TreeMap<>();

    /** A stretch of intervals that have not come. */
    record Gap(OffsetDateTime start, OffsetDateTime end, int intervals) {}

    void add(Block block) {
        days.computeIfAbsent(block.day(), day -> new TreeMap<>())
                .computeIfAbsent(block.length(), length -> Day.of(block))
                .add(block);
    }

    /** Every day of the span: also those of which nothing has come, as far as they are over. */
    List<Day> days(LocalDate from, LocalDate to, ZoneId zone, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<Day> all = new ArrayList<>();
        Duration length = days.firstEntry().getValue().firstKey();
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            TreeMap<Duration, Day> known = days.get(day);
            if (known != null) {
                all.addAll(known.values());
                length = known.lastKey();
            } else if (day.isBefore(today)) {
                all.add(Day.missing(day, zone, length));
            }
        }
        return all;
    }

    /** What is missing of these days up to now, each stretch once, however many days it lasts. */
    static List<Gap> gaps(List<Day> days, ZoneId zone, Instant now) {
        List<Gap> gaps = new ArrayList<>();
        for (Day day : days) {
            for (int i = 0; i < day.expected && day.begins(i).toInstant().isBefore(now); i++) {
                if (!day.isKnown(i)) {
                    missing(gaps, local(day.begins(i), zone), local(day.begins(i + 1), zone));
                }
            }
        }
        return gaps;
    }

    private static void missing(List<Gap> gaps, OffsetDateTime start, OffsetDateTime end) {
        Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        if (last != null && last.end().isEqual(start)) {
            gaps.set(gaps.size() - 1, new Gap(last.start(), end, last.intervals() + 1));
        } else {
            gaps.add(new Gap(start, end, 1));
        }
    }

    /** An offset that the clocks leave during the day is not kept until its end. */
    private static OffsetDateTime local(OffsetDateTime at, ZoneId zone) {
        return at.atZoneSameInstant(zone).toOffsetDateTime();
    }
}
