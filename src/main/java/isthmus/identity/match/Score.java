package isthmus.identity.match;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What speaks for two records being one.
 *
 * @param prior in bits, before anything is known of the two
 * @param evidence of each field in the order of the model, also of those that one of them lacks
 */
public record Score(double prior, List<Evidence> evidence) {
    private static final int BITS_PLACES = 2;
    private static final int CHANCE_PLACES = 4;

    /**
     * What one field says.
     *
     * @param level by name; {@code missing} where a record has no value
     * @param bits for them being one; negative against it
     * @param strong whether it is evidence to link by
     */
    public record Evidence(String field, String level, double bits, boolean strong, boolean vetoes) {
        static final String MISSING = "missing";
    }

    /** The evidence of the fields that both records have. */
    public List<Evidence> said() {
        return evidence.stream()
                .filter(one -> !one.level().equals(Evidence.MISSING))
                .toList();
    }

    /** For and against together, in bits, without the prior. */
    public double weight() {
        return evidence.stream().mapToDouble(Evidence::bits).sum();
    }

    /** How likely it is that they are one, 0 to 1. */
    public double posterior() {
        return posterior(prior + weight());
    }

    public boolean isVetoed() {
        return evidence.stream().anyMatch(Evidence::vetoes);
    }

    public int strong() {
        return (int) evidence.stream().filter(Evidence::strong).count();
    }

    /** A weight as it is kept and shown. */
    public static BigDecimal bits(double weight) {
        return BigDecimal.valueOf(weight).setScale(BITS_PLACES, RoundingMode.HALF_EVEN);
    }

    /** A probability as it is kept and shown. */
    public static BigDecimal chance(double posterior) {
        return BigDecimal.valueOf(posterior).setScale(CHANCE_PLACES, RoundingMode.HALF_EVEN);
    }

    static double posterior(double bits) {
        return 1 / (1 + Math.exp(-bits * Math.log(2)));
    }
}
