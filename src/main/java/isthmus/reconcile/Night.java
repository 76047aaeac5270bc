package isthmus.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CrossChecks;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The nightly reconciliation. Does the store hold what each legacy system holds? Counts, exact sums and key sets of both
 * shores; what differs is looked at a second time before it is reported. And do the systems agree with each other?
 */
public final class Night {

    /** How many keys of a kind are named per system and entity; all are counted. */
    public static final int NAMED = 1_000;

    private final Supplier<Catalog> catalog;
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final @Nullable DataSource database;
    private final Function<Chunk, Normalized> normalizer;
    private final CrossChecks checks;
    private final NightLog log;
    private final NightGauges gauges;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone the utility's, for the times in the report */
    public Night(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            Function<Chunk, Normalized> normalizer,
            DataSource store,
            CrossChecks checks,
            MeterRegistry registry,
            Clock clock,
            ZoneId zone) {
        this(
                catalog,
                legacy,
                new StoreShore(store),
                store,
                normalizer,
                checks,
                new NightLog(store),
                registry,
                clock,
                zone);
    }

    /** @param database null where the unified shore is none, and nothing can be hashed */
    Night(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            UnifiedShore unified,
            @Nullable DataSource database,
            Function<Chunk, Normalized> normalizer,
            CrossChecks checks,
            NightLog log,
            MeterRegistry registry,
            Clock clock,
            ZoneId zone) {
        this.catalog = catalog;
        this.legacy = legacy;
        this.unified = unified;
        this.database = database;
        this.normalizer = normalizer;
        this.checks = checks;
        this.log = log;
        this.gauges = new NightGauges(registry);
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Compares both shores, then, when all systems are meant, the systems with each other, and writes the report down.
     *
     * @throws IllegalArgumentException when a system is named that the catalog does not know
     * @throws NightIsRunning when another night holds the lock
     */
    public NightReport run(NightOptions options) {
        List<LegacySystem> systems = options.systems().isEmpty()
                ? catalog.get().systems()
                : options.systems().stream().sorted().map(catalog.get()::system).toList();
        return log.alone(() -> compare(systems, options));
    }

    private NightReport compare(List<LegacySystem> systems, NightOptions options) {
        OffsetDateTime started = now();
        OffsetDateTime asOf = options.asOf().atZone(zone).toOffsetDateTime();
        long id = log.begin(asOf, started);
        Watch watch = new Watch(new Look(legacy, unified, normalizer, options.before(), pushed(options)));
        watch.compare(systems);
        List<CheckResult> found = options.systems().isEmpty() ? checks.run(id, asOf) : List.of();
        NightReport report = new NightReport(
                id,
                asOf,
                options.settle(),
                started,
                now(),
                NightReport.Verdict.of(watch.agrees(), found),
                watch.lines(),
                watch.away(),
                found);
        log.end(report);
        gauges.show(report);
        return report;
    }

    private @Nullable PushedLook pushed(NightOptions options) {
        return database == null || options.full()
                ? null
                : new PushedLook(legacy, unified, database, normalizer, options.before());
    }

    private OffsetDateTime now() {
        return Instant.now(clock).atZone(zone).toOffsetDateTime();
    }
}
