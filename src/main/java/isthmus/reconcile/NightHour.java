package isthmus.reconcile;

import java.text.ParseException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The hour of the night, six fields as Spring reads them, in Quartz's words: it numbers weekdays from Sunday, and wants a {@code ?}. */
final class NightHour {
    private static final Map<String, String> WORDS = Map.of(
            "@yearly", "0 0 0 1 1 *",
            "@annually", "0 0 0 1 1 *",
            "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0",
            "@daily", "0 0 0 * * *",
            "@midnight", "0 0 0 * * *",
            "@hourly", "0 0 * * * *");

    private static final int MONTHDAY = 3;
    private static final int WEEKDAY = 5;
    private static final LocalDate A_MONDAY = LocalDate.of(2026, 11, 2);
    private static final int COMPARED = 400;
    private static final int UNTIL_YEAR = 2060;

    private NightHour() {}

    /**
     * The same hours as Quartz wants them written.
     *
     * @throws IllegalArgumentException when it is no hour, or one that Quartz cannot keep: never, or a day of the month that
     *     has to be a certain weekday
     */
    static String quartz(String cron) {
        String text = WORDS.getOrDefault(cron.strip(), cron.strip());
        var meant = org.springframework.scheduling.support.CronExpression.parse(text);
        String[] fields = text.toUpperCase(Locale.ROOT).split("\\s+");
        boolean anyMonthday = fields[MONTHDAY].matches("[*?]");
        boolean anyWeekday = fields[WEEKDAY].matches("[*?]");
        if (!anyMonthday && !anyWeekday) {
            throw new IllegalArgumentException("a day of the month or a weekday, not both: " + cron);
        }
        fields[MONTHDAY] = anyWeekday ? anyMonthday ? "*" : fields[MONTHDAY] : "?";
        fields[WEEKDAY] = anyWeekday ? "?" : weekdays(fields[WEEKDAY]);
        String said = String.join(" ", fields);
        if (!areSame(meant, said)) {
            throw new IllegalArgumentException("no hour that a schedule could keep: " + cron);
        }
        return said;
    }

    /**
     * When the next night is to be run instead, if its hour is one that the clocks are put forward over: Quartz leaves that
     * night out.
     *
     * @param quartz hours in Quartz's words
     */
    static Optional<Instant> leftOut(String quartz, ZoneId zone, Instant now) {
        LocalDateTime wall = now.atZone(zone).toLocalDateTime();
        Instant next = next(quartz, ZoneOffset.UTC, wall.toInstant(ZoneOffset.UTC));
        if (next == null) {
            return Optional.empty();
        }
        LocalDateTime hour = next.atOffset(ZoneOffset.UTC).toLocalDateTime();
        Instant instead = hour.atZone(zone).toInstant();
        Instant planned = next(quartz, zone, now);
        return zone.getRules().getValidOffsets(hour).isEmpty() && (planned == null || planned.isAfter(instead))
                ? Optional.of(instead)
                : Optional.empty();
    }

    /** When Quartz runs the next night; null for never. */
    static @Nullable Instant next(String quartz, ZoneId zone, Instant now) {
        try {
            CronExpression hours = new CronExpression(quartz);
            hours.setTimeZone(TimeZone.getTimeZone(zone));
            Date next = hours.getNextValidTimeAfter(Date.from(now));
            return next == null ? null : next.toInstant();
        } catch (ParseException impossible) {
            throw new IllegalStateException("no hour in Quartz's words: " + quartz, impossible);
        }
    }

    /** By name, since the numbers differ. */
    private static String weekdays(String field) {
        if (field.matches("[0-7](L|#[1-5])")) {
            int number = field.charAt(0) - '0';
            return name(DayOfWeek.of(number == 0 ? DayOfWeek.SUNDAY.getValue() : number)) + field.substring(1);
        }
        if (field.matches("[A-Z]{3}(L|#[1-5])")) {
            return field;
        }
        var meant = org.springframework.scheduling.support.CronExpression.parse("0 0 0 * * " + field);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> isMeant(meant, A_MONDAY.plusDays(day.getValue() - 1L)))
                .map(NightHour::name)
                .collect(Collectors.joining(","));
    }

    private static boolean isMeant(org.springframework.scheduling.support.CronExpression meant, LocalDate day) {
        return day.atStartOfDay().equals(meant.next(day.atStartOfDay().minusSeconds(1)));
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    /** Whatever else the two might read differently is found here, and not at an hour when nobody is awake. */
    private static boolean areSame(org.springframework.scheduling.support.CronExpression meant, String said) {
        CronExpression quartz;
        try {
            quartz = new CronExpression(said);
        } catch (ParseException unreadable) {
            return false;
        }
        quartz.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
        ZonedDateTime hour = A_MONDAY.atStartOfDay(ZoneOffset.UTC);
        for (int i = 0; i < COMPARED && hour.getYear() < UNTIL_YEAR; i++) {
            ZonedDateTime next = meant.next(hour);
            Date other = quartz.getNextValidTimeAfter(Date.from(hour.toInstant()));
            if (next == null || other == null || !next.toInstant().equals(other.toInstant())) {
                return false;
            }
            hour = next;
        }
        return true;
    }
}
