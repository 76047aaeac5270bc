package isthmus.identity.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field that records are compared by.
 *
 * @param of where its values stand: paths in a record, or columns of a file
 * @param ignored prepared values that stand for nothing, as 13800138000 does; null for none
 * @param frequent whether an equal value counts by how rare it is among all records
 * @param strong how many of its levels, from the best, are evidence enough to link by together with another field
 * @param levels in the order of the comparison
 */
record Field(
        String name,
        List<String> of,
        @Nullable Pattern ignored,
        Comparison comparison,
        boolean frequent,
        int strong,
        List<Level> levels) {

    /** Between several values of a field, as a record may have several telephones. */
    static final char NEXT = '\u001F';

    static final int MISSING = -1;

    /** The part of an address that is one flat or house. */
    static final String FLAT = "core";

    private static final int SHOWN = 3;

    /**
     * How often pairs are on a level: {@code m} of those that are one, {@code u} of those that are not; each between 0 and 1.
     *
     * @param vetoes whether it keeps a pair from being linked, whatever else speaks for it
     */
    record Level(String name, double m, double u, boolean vetoes) {

        /** What it speaks for the two being one, in bits (Fellegi and Sunter). */
        double bits() {
            return Math.log(m / u) / Math.log(2);
        }
    }

    /** The values of a record as they are compared, each once; empty when it has none. */
    String prepared(List<String> values) {
        List<String> prepared = new ArrayList<>();
        for (String value : values) {
            String one = comparison.prepared(value).replace(NEXT, ' ');
            boolean isNothing =
                    one.isEmpty() || ignored != null && ignored.matcher(one).find();
            if (!isNothing && !prepared.contains(one)) {
                prepared.add(one);
            }
        }
        return String.join(String.valueOf(NEXT), prepared);
    }

    /** The best level of any two of their values; {@link #MISSING} where a side has none. */
    int level(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return MISSING;
        }
        if (left.equals(right) || left.indexOf(NEXT) < 0 && right.indexOf(NEXT) < 0) {
            return comparison.level(left, right);
        }
        int best = levels.size() - 1;
        for (String one : each(left)) {
            for (String other : each(right)) {
                best = Math.min(best, comparison.level(one, other));
            }
        }
        return best;
    }

    /** What a record has, hidden as its comparison says; of many values the first. */
    String masked(String prepared) {
        if (prepared.isEmpty()) {
            return "";
        }
        String[] all = each(prepared);
        String some = Arrays.stream(all).limit(SHOWN).map(comparison::masked).collect(Collectors.joining(", "));
        return all.length > SHOWN ? some + ", …" : some;
    }

    boolean vetoes() {
        return levels.stream().anyMatch(Level::vetoes);
    }

    boolean hasFlats() {
        return comparison.parts().contains(FLAT);
    }

    static String[] each(String prepared) {
        return prepared.split(String.valueOf(NEXT));
    }

    Field with(List<Level> other) {
        return new Field(name, of, ignored, comparison, frequent, strong, List.copyOf(other));
    }
}
