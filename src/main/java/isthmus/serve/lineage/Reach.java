package isthmus.serve.lineage;

import isthmus.crosscheck.Rules;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How far around a bill's period its readings are looked for. The night's check of billed energy declares it, so that a trace
 * names the readings that the check has reckoned with.
 *
 * @param graceDays before and behind the period; none where nobody checks
 * @param estimatedIsFurther what an estimate counts as further off than it is
 */
record Reach(int graceDays, Duration estimatedIsFurther) {
    private static final String CHECK = "X-KWH";

    static Reach of(Rules checks) {
        return new Reach(
                checks.graceDays(CHECK).orElse(0),
                Duration.ofSeconds(checks.parameter(CHECK, "estimateSeconds")
                        .orElse(BigDecimal.ZERO)
                        .longValue()));
    }
}
