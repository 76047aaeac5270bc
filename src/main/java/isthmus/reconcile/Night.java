package isthmus.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.CutOff;
import isthmus.identity.LinkReport;
import isthmus.identity.Linking;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** How long ago a night may have begun that is taken up again; an older one says nothing about today. */
    public static final Duration TAKEN_UP = Duration.ofHours(24);

    private final Supplier<Catalog> catalog;
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final @Nullable DataSource database;
    private final Function<Chunk, Normalized> normalizer;
    private final Linking linking;
    private final CrossChecks checks;
    private final NightLog log;
    private final NightGauges gauges;
    private final Clock clock;
    private final ZoneId zone;
    private volatile boolean stopped;

    /** @param zone the utility's, for the times in the report */
    public Night(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            Function<Chunk, Normalized> normalizer,
            DataSource store,
            Linking linking,
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
                linking,
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
            Linking linking,
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
        this.linking = linking;
        this.checks = checks;
        this.log = log;
        this.gauges = new NightGauges(registry);
        this.clock = clock;
        this.zone = zone;
    }

    /** Hears how a night goes on. */
    public interface Listener {
        /** For whoever waits for the report. */
        Listener NONE = new Listener() {};

        /** A night that was stopped is taken up again, and so many of its steps are done. */
        default void takenUp(long night, OffsetDateTime asOf, int done, int of) {}

        /** So many steps are done, and the system, the links or the check are looked at now. */
        default void step(int done, int of, String name) {}
    }

    /** As {@link #run(NightOptions, Listener)}, with nobody who listens. */
    public NightReport run(NightOptions options) {
        return run(options, Listener.NONE);
    }

    /**
     * Compares both shores, then, when all systems are meant, brings the links up to date and compares the systems with each
     * other, and writes the report down. Takes up the last night, as of its own moment, when it was asked for the same and was stopped within {@link #TAKEN_UP}.
     *
     * @throws IllegalArgumentException when a system is named that the catalog does not know
     * @throws NightIsRunning when another night holds the lock
     */
    public NightReport run(NightOptions options, Listener listener) {
        List<LegacySystem> systems = systems(options);
        return log.alone(() -> compare(systems, options, left(options).orElseGet(() -> begin(options)), listener));
    }

    /** As {@link #run(NightOptions, Listener)}, but a night that was stopped before is left as it is. */
    public NightReport anew(NightOptions options, Listener listener) {
        List<LegacySystem> systems = systems(options);
        return log.alone(() -> compare(systems, options, begin(options), listener));
    }

    /** As {@link #run(NightOptions, Listener)}, but nothing is done when there is nothing to take up. */
    public Optional<NightReport> takeUp(NightOptions options, Listener listener) {
        List<LegacySystem> systems = systems(options);
        return log.alone(() -> left(options).map(begun -> compare(systems, options, begun, listener)));
    }

    /** The hub ends: its night writes down nothing more, and can be taken up again. */
    public void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    private List<LegacySystem> systems(NightOptions options) {
        return options.systems().isEmpty()
                ? catalog.get().systems()
                : options.systems().stream().sorted().map(catalog.get()::system).toList();
    }

    private Optional<NightLog.Begun> left(NightOptions options) {
        return log.unfinished()
                .filter(begun -> begun.asked().equals(NightJson.asked(options)))
                // Either way, since the clock may have been wrong when it began.
                .filter(begun -> Duration.between(begun.started(), now()).abs().compareTo(TAKEN_UP) <= 0);
    }

    private NightLog.Begun begin(NightOptions options) {
        // What the store can keep, so that a night that is taken up again is of exactly the same moment.
        OffsetDateTime asOf =
                options.asOf().truncatedTo(ChronoUnit.MICROS).atZone(zone).toOffsetDateTime();
        OffsetDateTime started = now();
        String asked = NightJson.asked(options);
        return new NightLog.Begun(log.begin(asOf, started, asked), asOf, started, asked, false);
    }

    private NightReport compare(
            List<LegacySystem> systems, NightOptions asked, NightLog.Begun begun, Listener listener) {
        long id = begun.id();
        OffsetDateTime asOf = begun.asOf().atZoneSameInstant(zone).toOffsetDateTime();
        NightOptions options = new NightOptions(asOf.toInstant(), asked.settle(), asked.systems(), asked.full());
        boolean areAll = options.systems().isEmpty();
        NightSteps steps = log.steps(
                id,
                systems.stream().map(LegacySystem::name).toList(),
                areAll,
                checks.codes(),
                listener,
                this::isStopped,
                clock);
        if (begun.isLeft()) {
            listener.takenUp(id, asOf, steps.done(), steps.all());
        }
        Watch watch = new Watch(new Look(legacy, unified, normalizer, options.before(), shortcuts(options)), steps);
        watch.compare(systems);
        if (database != null) {
            new RepairLog(database).agreed(watch.lines());
        }
        LinkReport links = areAll ? linking.update(id, steps) : null;
        List<CheckResult> found =
                areAll ? checks.run(id, asOf, new CutOff(options.before(), timeless(systems)), steps) : List.of();
        OffsetDateTime started = begun.started().atZoneSameInstant(zone).toOffsetDateTime();
        OffsetDateTime ended = now();
        NightReport report = new NightReport(
                id,
                asOf,
                options.settle(),
                started,
                // A clock that was put back meanwhile ends no night before it began.
                ended.isBefore(started) ? started : ended,
                NightReport.Verdict.of(watch.agrees() && (links == null || links.fault() == null), found),
                watch.lines(),
                watch.away(),
                links,
                found);
        log.end(report);
        gauges.show(report);
        return report;
    }

    private static Set<String> timeless(List<LegacySystem> systems) {
        Set<String> timeless = new HashSet<>();
        for (LegacySystem system : systems) {
            system.pulls().stream()
                    .filter(pull -> !Look.timed(system, pull))
                    .forEach(pull -> pull.entities().forEach(entity -> timeless.add(system.name() + '/' + entity)));
        }
        return timeless;
    }

    private List<Shortcut> shortcuts(NightOptions options) {
        return database == null || options.full()
                ? List.of()
                : Shortcut.all(legacy, unified, database, normalizer, options.before());
    }

    private OffsetDateTime now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS).atZone(zone).toOffsetDateTime();
    }
}
