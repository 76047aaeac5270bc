package isthmus.crosscheck;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one check found in a night.
 *
 * @param population how many subjects were looked at
 * @param within subjects that differ, but not by more than they may
 * @param fresh breaks that this night opened, or opened again
 * @param resolved breaks that this night closed, because they are cured
 * @param kwh energy at stake in all breaks that are not suppressed; money likewise
 * @param limit open breaks of an error that do not make the night red
 * @param worst the breaks with most at stake
 * @param fault why it could not be looked at, else null; without personal data
 */
public record CheckResult(
        String code,
        String title,
        String severity,
        String owner,
        long population,
        long within,
        long open,
        long acknowledged,
        long suppressed,
        long fresh,
        long resolved,
        long limit,
        BigDecimal kwh,
        BigDecimal money,
        List<Worst> worst,
        @Nullable String fault) {

    /** A break by its subject, and what is at stake. */
    public record Worst(
            String subject,
            String cause,
            @Nullable BigDecimal kwh,
            @Nullable BigDecimal money) {}

    /** All breaks that stand, whatever was said about them. */
    public long hits() {
        return open + acknowledged + suppressed;
    }

    /** Breaks that stood before. */
    public long persisting() {
        return hits() - fresh;
    }

    /** More open breaks of an error than may be, or not looked at. */
    public boolean isRed() {
        return fault != null || severity.equals(Rule.Severity.ERROR.word()) && open > limit;
    }

    /** Something a person has to look at, but no red. */
    public boolean isAmber() {
        return !isRed() && !severity.equals(Rule.Severity.INFO.word()) && open + acknowledged > 0;
    }
}
