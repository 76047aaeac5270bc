package isthmus.demo.data;

import isthmus.demo.data.Town.Point;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** Quarter-hour consumption that looks like its user, and registers that agree with it. */
final class Curves {
    static final int QUARTERS = 96;
    private static final int PEAK_FROM = 32;
    private static final int PEAK_TO = 88;
    /** Per cent of the mean, hour by hour. */
    private static final int[] HOME = {
        45, 40, 38, 36, 36, 42, 70, 105, 95, 80, 78, 95, 120, 95, 80, 78, 90, 130, 190, 225, 215, 180, 120, 70
    };

    private static final int[] HOME_WEEKEND = {
        55, 48, 42, 38, 36, 38, 50, 80, 110, 125, 130, 150, 160, 130, 115, 110, 120, 150, 190, 210, 200, 175, 130, 85
    };
    private static final int[] SHOP = {
        25, 22, 20, 20, 20, 22, 30, 60, 120, 170, 185, 190, 180, 175, 180, 185, 190, 195, 200, 190, 160, 100, 50, 30
    };
    private static final int[] OFFICE = {
        20, 20, 20, 20, 20, 22, 30, 80, 180, 230, 240, 220, 150, 190, 235, 240, 220, 150, 80, 50, 35, 28, 22, 20
    };
    private static final int[] FACTORY = {
        70, 68, 66, 66, 68, 70, 80, 110, 135, 140, 140, 120, 95, 130, 140, 140, 135, 120, 110, 105, 100, 95, 80, 72
    };
    private static final int[] FARM = {
        30, 25, 25, 25, 40, 90, 160, 210, 220, 190, 150, 110, 80, 90, 140, 180, 200, 170, 110, 70, 50, 40, 35, 30
    };

    private final long seed;
    private final LocalDate firstDay;

    Curves(WorldOptions options) {
        seed = options.seed();
        firstDay = Calendar.LAST_DAY.minusDays(options.days() - 1L);
    }

    LocalDate firstDay() {
        return firstDay;
    }

    /** The day's 96 values in thousandths of a kWh. */
    long[] day(Point point, LocalDate day) {
        Dice dice = Dice.of(seed, "curve", point.index(), day.toEpochDay());
        int[] shape = shape(point, day);
        int mood = dice.between(75, 125);
        long[] values = new long[QUARTERS];
        for (int i = 0; i < QUARTERS; i++) {
            int hour = i >> 2;
            int next = shape[(hour + 1) % 24];
            int level = shape[hour] + (next - shape[hour]) * (i & 3) / 4;
            values[i] = (long) point.load() * level * mood * dice.between(80, 120) / 1_000_000;
        }
        return values;
    }

    private static int[] shape(Point point, LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return switch (point.kind()) {
            case HOME -> weekend ? HOME_WEEKEND : HOME;
            case SHOP -> SHOP;
            case OFFICE -> OFFICE;
            case FACTORY -> FACTORY;
            case FARM -> FARM;
        };
    }

    static Registers split(long[] values) {
        long peak = 0;
        long valley = 0;
        for (int i = 0; i < QUARTERS; i++) {
            if (i >= PEAK_FROM && i < PEAK_TO) {
                peak += values[i];
            } else {
                valley += values[i];
            }
        }
        return new Registers(peak, valley);
    }

    /** What the dial showed when the first curve began. */
    Registers start(Point point) {
        Dice dice = Dice.of(seed, "register", point.index());
        return new Registers(dice.between(4_000_000, 60_000_000), dice.between(2_000_000, 30_000_000));
    }

    /** The dial at the beginning of a day, before the first curve by its mean day. */
    Registers at(Point point, LocalDate day) {
        Registers dial = start(point);
        if (day.isBefore(firstDay)) {
            long days = firstDay.toEpochDay() - day.toEpochDay();
            Registers mean = split(day(point, firstDay));
            return new Registers(dial.peak - days * mean.peak, dial.valley - days * mean.valley);
        }
        for (LocalDate d = firstDay; d.isBefore(day); d = d.plusDays(1)) {
            dial = dial.plus(split(day(point, d)));
        }
        return dial;
    }

    /** Two registers in thousandths of a kWh; the dial shows hundredths and their sum. */
    record Registers(long peak, long valley) {
        Registers plus(Registers more) {
            return new Registers(peak + more.peak, valley + more.valley);
        }

        long peakShown() {
            return peak / 10;
        }

        long valleyShown() {
            return valley / 10;
        }

        long totalShown() {
            return peakShown() + valleyShown();
        }
    }
}
