package isthmus.identity.match;

/**
 * How well pairs were found of which it is known which are one.
 *
 * @param pairs that are one
 * @param linked pairs that were linked
 * @param right of those linked that are one
 * @param review pairs for a person to look at
 * @param reviewRight of those for review that are one
 */
public record Trial(long pairs, long linked, long right, long review, long reviewRight) {

    /** The share of links that are right, 0 to 1; 1 where there are none. */
    public double precision() {
        return linked == 0 ? 1 : (double) right / linked;
    }

    /** The share of the pairs that were linked, 0 to 1. */
    public double recall() {
        return pairs == 0 ? 1 : (double) right / pairs;
    }

    /** The share of the pairs that were linked or are put before a person, 0 to 1. */
    public double reach() {
        return pairs == 0 ? 1 : (double) (right + reviewRight) / pairs;
    }
}
