package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.identity.LinkReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a night found, by system and entity in the order of the catalog; times in the utility's zone.
 *
 * @param id of its row in {@code reconcile_run}
 * @param away systems that could not be compared
 * @param links which records are one; null when not all systems were meant
 * @param checks what the systems do not agree about, by check; empty when not all systems were meant
 */
public record NightReport(
        long id,
        OffsetDateTime asOf,
        Duration settle,
        OffsetDateTime started,
        OffsetDateTime ended,
        Verdict verdict,
        List<Line> lines,
        List<Away> away,
        @Nullable LinkReport links,
        List<CheckResult> checks) {

    /**
     * RED: a difference between the shores stands, a system or a check was not compared, the links were not brought up to
     * date, or a check of severity error has more open breaks than its limit. AMBER: other breaks stand. GREEN: nothing that anybody has to look at.
     */
    public enum Verdict {
        GREEN,
        AMBER,
        RED;

        /** @param isSound whether the shores agree, and the links are those of this night */
        static Verdict of(boolean isSound, List<CheckResult> checks) {
            if (!isSound || checks.stream().anyMatch(CheckResult::isRed)) {
                return RED;
            }
            return checks.stream().anyMatch(CheckResult::isAmber) ? AMBER : GREEN;
        }
    }

    /**
     * One entity of one system; {@code source = unified + quarantined + missing - extra}.
     *
     * @param source records understood and pieces refused
     * @param quarantined pieces of the source that the quarantine explains
     * @param inFlight keys left out on both shores because one shows a change after the cut-off
     * @param outdated records left out of {@code unified}, because their newer version is among the quarantined
     * @param missing on the legacy shore, neither in the store nor in quarantine; ids, or locators of refused pieces
     * @param extra in the store, not on the legacy shore, not deleted
     * @param different on both, with another content
     * @param moved rows that were fetched from either shore to find that out, where databases hashed the others; else 0
     */
    public record Line(
            String system,
            String entity,
            long source,
            long unified,
            long quarantined,
            long inFlight,
            long outdated,
            Sum money,
            Sum energy,
            Breaks missing,
            Breaks extra,
            Breaks different,
            long moved) {

        boolean agrees() {
            return missing.total() + extra.total() + different.total() == 0;
        }
    }

    /** An exact sum on both shores, without what is quarantined or in flight; null where nothing has such an amount. */
    public record Sum(@Nullable BigDecimal source, @Nullable BigDecimal unified) {

        /** What the store has less than the legacy shore; null where neither has such an amount. */
        public @Nullable BigDecimal difference() {
            return source == null && unified == null ? null : orZero(source).subtract(orZero(unified));
        }

        private static BigDecimal orZero(@Nullable BigDecimal sum) {
            return sum == null ? BigDecimal.ZERO : sum;
        }
    }

    /** Keys that do not agree: how many, and the names of at most {@link Night#NAMED}. */
    public record Breaks(long total, List<String> names) {
        /** How many have no name here. */
        long unnamed() {
            return total - names.size();
        }
    }

    /** A system that was not compared, and why; without personal data. */
    public record Away(String system, String why) {}

    /** For schedulers: 0 when the night is green, 1 when it is amber, 2 when it is red. */
    public int exitCode() {
        return verdict.ordinal();
    }

    /** Why it is not green, in short sentences without personal data; what makes it red comes first. */
    public List<String> reasons() {
        return Reasons.of(this);
    }

    /** One JSON document; amounts as text, so that nobody reads them as floats. */
    public String json() {
        return NightJson.write(this);
    }

    /** The report that {@link #json} has written. */
    static NightReport of(String json) {
        return NightJson.read(json);
    }

    /** For people with a terminal. */
    public String table() {
        return NightTable.write(this);
    }
}
