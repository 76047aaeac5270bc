package isthmus.identity.match;

import java.util.List;

/** Days as ISO 8601 has them or as eight digits: equal, one slip of the hand apart, of one year, or other. */
final class CalendarDay implements Comparison {
    private static final List<String> LEVELS = List.of("same", "slip", "year", "other");
    private static final int DIGITS = 8;
    private static final int YEAR = 4;
    private static final int MONTH = 6;

    @Override
    public String name() {
        return "day";
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        String digits = value.replaceAll("[^0-9]", "");
        return digits.length() < DIGITS ? "" : digits.substring(0, DIGITS);
    }

    @Override
    public int level(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        if (isSlip(left, right)) {
            return 1;
        }
        return left.startsWith(right.substring(0, YEAR)) ? 2 : 3;
    }

    /** One digit is another, two neighbours have changed places, or day and month have. */
    private static boolean isSlip(String left, String right) {
        int first = -1;
        int differing = 0;
        for (int i = 0; i < DIGITS; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                first = differing == 0 ? i : first;
                differing++;
            }
        }
        boolean isTurned = differing == 2
                && left.charAt(first) == right.charAt(first + 1)
                && left.charAt(first + 1) == right.charAt(first);
        boolean isCrossed = left.regionMatches(0, right, 0, YEAR)
                && left.regionMatches(YEAR, right, MONTH, 2)
                && left.regionMatches(MONTH, right, YEAR, 2);
        return differing == 1 || isTurned || isCrossed;
    }

    @Override
    public String masked(String prepared) {
        return prepared.substring(0, YEAR) + "****";
    }

    @Override
    public List<String> parts() {
        return List.of("year", "birthday");
    }

    @Override
    public List<String> keys(String prepared, String part) {
        return List.of(part.equals("year") ? prepared.substring(0, YEAR) : prepared.substring(YEAR));
    }
}
