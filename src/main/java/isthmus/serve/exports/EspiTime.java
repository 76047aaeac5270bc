package isthmus.serve.exports;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.util.List;
import java.util.Locale;

/**
 * A zone as ESPI's LocalTimeParameters say it.
 *
 * @param end the rule by which summer time ends, four bytes in hex
 * @param offset what summer time adds, in seconds
 * @param standard seconds east of UTC without it
 */
record EspiTime(String end, int offset, String start, int standard) {
    private static final String NO_RULE = "FFFFFFFF";
    private static final int ON_DAY = 0;
    private static final int ON_WEEKDAY_FROM_DAY = 1;
    private static final int FIRST_WEEKDAY = 2;
    private static final int LAST_WEEKDAY = 7;

    static EspiTime of(ZoneId zone, Instant at) {
        int standard = zone.getRules().getStandardOffset(at).getTotalSeconds();
        List<ZoneOffsetTransitionRule> rules = zone.getRules().getTransitionRules();
        if (rules.size() != 2) {
            return new EspiTime(NO_RULE, 0, NO_RULE, standard);
        }
        ZoneOffsetTransitionRule first = rules.get(0);
        boolean isStart = seconds(first) > 0;
        ZoneOffsetTransitionRule start = isStart ? first : rules.get(1);
        ZoneOffsetTransitionRule end = isStart ? rules.get(1) : first;
        return new EspiTime(rule(end), seconds(start), rule(start), standard);
    }

    private static int seconds(ZoneOffsetTransitionRule rule) {
        return rule.getOffsetAfter().getTotalSeconds() - rule.getOffsetBefore().getTotalSeconds();
    }

    /** From the highest bit: month, way of counting, day of the month, day of the week, hour, second of the hour. */
    private static String rule(ZoneOffsetTransitionRule rule) {
        int wall = rule.getLocalTime().toSecondOfDay() + toWall(rule);
        if (wall < 0 || wall >= 24 * 3600 || rule.isMidnightEndOfDay()) {
            return NO_RULE;
        }
        int day = rule.getDayOfMonthIndicator();
        int weekday = rule.getDayOfWeek() == null ? 0 : rule.getDayOfWeek().getValue();
        int counted = weekday == 0 ? ON_DAY : ON_WEEKDAY_FROM_DAY;
        if (weekday != 0 && (day == -1 || day + 6 == rule.getMonth().maxLength())) {
            counted = LAST_WEEKDAY;
            day = 0;
        } else if (weekday != 0 && day % 7 == 1) {
            counted = FIRST_WEEKDAY + day / 7;
            day = 0;
        }
        if (day < 0) {
            return NO_RULE;
        }
        int bits = rule.getMonth().getValue() << 28
                | counted << 25
                | day << 20
                | weekday << 17
                | wall / 3600 << 12
                | wall % 3600;
        return String.format(Locale.ROOT, "%08X", bits);
    }

    private static int toWall(ZoneOffsetTransitionRule rule) {
        TimeDefinition said = rule.getTimeDefinition();
        int from = said == TimeDefinition.WALL
                ? rule.getOffsetBefore().getTotalSeconds()
                : said == TimeDefinition.UTC ? 0 : rule.getStandardOffset().getTotalSeconds();
        return rule.getOffsetBefore().getTotalSeconds() - from;
    }
}
