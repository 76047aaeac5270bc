package isthmus.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import isthmus.crosscheck.CheckResult;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the last night found, for those who watch; gone after a restart until the next night. */
final class NightGauges {
    private final MultiGauge missing;
    private final MultiGauge extra;
    private final MultiGauge different;
    private final MultiGauge away;
    private final MultiGauge breaks;
    private final MultiGauge verdict;

    NightGauges(MeterRegistry registry) {
        missing = gauge(registry, "missing", "Keys of the legacy shore neither in the store nor in quarantine");
        extra = gauge(registry, "extra", "Keys of the store that the legacy shore does not show");
        different = gauge(registry, "different", "Keys with another content on the two shores");
        away = gauge(registry, "away", "1 for a system that could not be compared");
        breaks = gauge(registry, "breaks", "What the systems do not agree about, by check and state");
        verdict = gauge(registry, "red", "1 when the last night was red, else 0");
    }

    void show(NightReport report) {
        rows(missing, report, NightReport.Line::missing);
        rows(extra, report, NightReport.Line::extra);
        rows(different, report, NightReport.Line::different);
        away.register(
                report.away().stream()
                        .map(system -> MultiGauge.Row.of(Tags.of("system", system.system()), 1))
                        .toList(),
                true);
        breaks.register(
                report.checks().stream()
                        .flatMap(check -> Stream.of(
                                standing(check, "open", check.open()),
                                standing(check, "acknowledged", check.acknowledged()),
                                standing(check, "suppressed", check.suppressed())))
                        .toList(),
                true);
        verdict.register(
                List.of(MultiGauge.Row.of(Tags.empty(), report.verdict() == NightReport.Verdict.RED ? 1 : 0)), true);
    }

    private static MultiGauge.Row<?> standing(CheckResult check, String state, long count) {
        return MultiGauge.Row.of(Tags.of("check", check.code(), "state", state), count);
    }

    private static void rows(
            MultiGauge gauge, NightReport report, Function<NightReport.Line, NightReport.Breaks> breaks) {
        gauge.register(
                report.lines().stream()
                        .map(line -> MultiGauge.Row.of(
                                Tags.of("system", line.system(), "entity", line.entity()),
                                breaks.apply(line).total()))
                        .toList(),
                true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder("isthmus.reconcile." + name)
                .description(description)
                .register(registry);
    }
}
