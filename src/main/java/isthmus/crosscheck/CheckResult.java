package isthmus.crosscheck;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
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
 * @param causes the same by cause, those with most money first
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
        List<Cause> causes,
        List<Worst> worst,
        @Nullable String fault) {

    /** How many breaks have a cause, and what is at stake in them; none that is suppressed. */
    public record Cause(String cause, long breaks, BigDecimal kwh, BigDecimal money) {}

    /** A break by its subject: what is at stake, since when where that is known, and where the work stands. */
    public record Worst(
            String subject,
            String cause,
            @Nullable BigDecimal kwh,
            @Nullable BigDecimal money,
            @Nullable OffsetDateTime opened,
            Break.State state) {}

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
        return !isRed() && !isInfo() && open + acknowledged > 0;
    }

    /** Nobody has to look at its breaks. */
    public boolean isInfo() {
        return severity.equals(Rule.Severity.INFO.word());
    }
}
