package isthmus.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Reason;
import isthmus.model.Urn;
import isthmus.normalize.Differences.Difference;
import isthmus.security.seal.Opener;
import isthmus.source.SourceAway;
import isthmus.store.ChunkStore;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Cures what stands between the shores (model.md 9.5): what is missing or different is read again from its system through
 * the same mappings, and what is gone there is told as deleted. Nothing is ever written to a legacy system.
 */
public final class Repair {
    private final Supplier<Catalog> catalog;
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final DataSource store;
    private final Function<Chunk, Normalized> normalizer;
    private final ChunkStore chunks;
    private final Tombstones tombstones;
    private final Runs runs;
    private final RepairLog log;
    private final Audit audit;
    private final Clock clock;
    private final Fields fields;

    public Repair(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            Function<Chunk, Normalized> normalizer,
            DataSource store,
            Opener opener,
            ChunkStore chunks,
            Tombstones tombstones,
            Runs runs,
            Audit audit,
            Clock clock) {
        this.catalog = catalog;
        this.legacy = legacy;
        this.unified = new StoreShore(store);
        this.store = store;
        this.normalizer = normalizer;
        this.chunks = chunks;
        this.tombstones = tombstones;
        this.runs = runs;
        this.log = new RepairLog(store);
        this.audit = audit;
        this.clock = clock;
        this.fields = new Fields(catalog, legacy, store, opener, normalizer);
    }

    /** What is wrong with a record of the store; the order in which it is repaired. */
    public enum Kind {
        MISSING,
        DIFFERENT,
        EXTRA;

        /** As it is written, {@code missing}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One record to repair.
     *
     * @param id its id, or the locator of a piece that was refused
     * @param refusal why it is left alone, else null
     * @param fields those in which the store's record is not the source's, where somebody has asked for them
     */
    public record Item(
            String system,
            String entity,
            Kind kind,
            String id,
            @Nullable String refusal,
            List<Difference> fields) {

        Item with(List<Difference> differences) {
            return new Item(system, entity, kind, id, refusal, differences);
        }

        boolean isIn(Map<String, Set<String>> ids) {
            return ids.getOrDefault(entity, Set.of()).contains(id);
        }
    }

    /**
     * What there is to repair.
     *
     * @param items at most {@link Night#NAMED} of an entity and kind
     * @param more as many as are not among them; they are for the next repair
     * @param asOf by system what the store had learned before that system was looked at
     */
    public record Plan(
            List<Item> items, long more, @JsonIgnore Map<String, Long> asOf) {}

    /**
     * How a repair ended.
     *
     * @param cured both shores agree about these now
     * @param left these still differ, or were left alone
     * @param more as many as were not looked at
     */
    public record Ended(List<Item> cured, List<Item> left, long more) {}

    /**
     * Looks at both shores, twice as the night does, and says what would be done; changes nothing.
     *
     * @param system null for all of them
     * @param again also what an earlier repair could not cure
     * @param full whether everything is read, as {@link NightOptions#full} says
     */
    public Plan look(@Nullable String system, Duration settle, boolean again, boolean full) {
        List<Item> items = new ArrayList<>();
        long more = 0;
        Set<RepairLog.Stopped> stopped = again ? Set.of() : log.stopped();
        Map<String, Long> asOf = new HashMap<>();
        for (LegacySystem each : systems(system)) {
            asOf.put(each.name(), tombstones.asOf());
            Instant before = Instant.now(clock).minus(settle);
            List<Shortcut> shortcuts = full ? List.of() : Shortcut.all(legacy, unified, store, normalizer, before);
            Watch watch = new Watch(new Look(legacy, unified, normalizer, before, shortcuts));
            watch.compare(List.of(each));
            if (!watch.away().isEmpty()) {
                throw new SystemAway(watch.away().get(0).system() + " was "
                        + watch.away().get(0).why());
            }
            for (NightReport.Line line : watch.lines()) {
                String guard = MassDelete.ofRepair(
                        line.source(), line.unified(), line.extra().total());
                add(items, line, Kind.MISSING, line.missing(), null, stopped);
                add(items, line, Kind.DIFFERENT, line.different(), null, stopped);
                add(items, line, Kind.EXTRA, line.extra(), guard, stopped);
                more += line.missing().unnamed()
                        + line.different().unnamed()
                        + line.extra().unnamed();
            }
        }
        items.sort(Comparator.comparing(Item::kind));
        return new Plan(items, more, asOf);
    }

    /** The same plan, in which the first records that are different say in which fields; they are read again for that. */
    public Plan withFields(Plan plan) {
        return fields.of(plan);
    }

    /**
     * The fields in which the record of the store is not what its system shows now, from the store's value to that of the
     * source; of classified ones only the path. Null when one of the two does not have it.
     *
     * @throws IllegalArgumentException when it is no id, or of a system that the catalog does not know
     */
    public @Nullable List<Difference> fields(String id) {
        return fields.of(id);
    }

    private List<LegacySystem> systems(@Nullable String system) {
        return system == null ? catalog.get().systems() : List.of(catalog.get().system(system));
    }

    private static void add(
            List<Item> items,
            NightReport.Line line,
            Kind kind,
            NightReport.Breaks breaks,
            @Nullable String guard,
            Set<RepairLog.Stopped> stopped) {
        for (String id : breaks.names()) {
            String refusal = stopped.contains(new RepairLog.Stopped(line.system(), line.entity(), id))
                    ? Reason.RPR_NOT_CONVERGING.code() + ": an earlier repair did not cure it"
                    : guard;
            items.add(new Item(line.system(), line.entity(), kind, id, refusal, List.of()));
        }
    }

    /**
     * Does what {@link #look} said, then looks again. What then still differs is not repaired a second time.
     *
     * @param by who asked for it and why, for the audit
     */
    public Ended execute(Plan plan, Duration settle, boolean full, By by) {
        List<Item> allowed =
                plan.items().stream().filter(item -> item.refusal() == null).toList();
        Map<String, List<Item>> bySystem =
                allowed.stream().collect(Collectors.groupingBy(Item::system, LinkedHashMap::new, Collectors.toList()));
        List<Item> cured = new ArrayList<>();
        List<Item> left = new ArrayList<>(
                plan.items().stream().filter(item -> item.refusal() != null).toList());
        bySystem.forEach((system, some) -> {
            long run = repair(catalog.get().system(system), some, plan.asOf().getOrDefault(system, 0L), by);
            Map<String, Set<String>> still = new LinkedHashMap<>();
            look(system, settle, true, full)
                    .items()
                    .forEach(item -> still.computeIfAbsent(item.entity(), entity -> new HashSet<>())
                            .add(item.id()));
            for (Item item : some) {
                (item.isIn(still) ? left : cured).add(item);
            }
            log.write(run, some, item -> !item.isIn(still), now(system));
        });
        return new Ended(cured, left, plan.more());
    }

    /** @param looked what the store had learned before the look that the items are from */
    private long repair(LegacySystem system, List<Item> items, long looked, By by) {
        long run = runs.begin(system.name(), "repair");
        audit.write(items.stream()
                .map(item -> by.did("repair." + item.kind().word(), item.id(), system.name() + ", run " + run))
                .toList());
        try {
            for (Pull pull : system.pulls()) {
                readAgain(run, system, pull, items);
                bury(run, system, pull, items, looked);
            }
        } catch (SourceAway away) {
            runs.fail(run, String.valueOf(away.getMessage()));
            throw new SystemAway(system.name() + " was not repaired to the end: " + away.getMessage());
        } catch (RuntimeException fault) {
            runs.fail(run, fault.getClass().getSimpleName());
            throw fault;
        }
        RunBalance balance = runs.end(run);
        if (!balance.green()) {
            throw new IllegalStateException("run " + run + " does not balance: " + balance.problems());
        }
        return run;
    }

    private void readAgain(long run, LegacySystem system, Pull pull, List<Item> items) {
        Set<String> ids = items.stream()
                .filter(item -> item.kind() != Kind.EXTRA && pull.entities().contains(item.entity()))
                .map(Item::id)
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            Set<String> locators = ids.stream().map(Urn::key).collect(Collectors.toSet());
            Pieces pieces = new Pieces(ids, locators, run);
            // Newer than the look's: what the store has learned since then is compared with this reading, not with the
            // look.
            long asOf = tombstones.asOf();
            NativeKeys.read(legacy, system, pull, ids, chunk -> {
                Normalized wanted = pieces.of(normalizer.apply(chunk));
                if (wanted.chunk().read() > 0) {
                    chunks.repair(wanted, asOf);
                }
            });
        }
    }

    private void bury(long run, LegacySystem system, Pull pull, List<Item> items, long asOf) {
        Map<String, List<String>> gone = items.stream()
                .filter(item -> item.kind() == Kind.EXTRA && pull.entities().contains(item.entity()))
                .collect(Collectors.groupingBy(
                        Item::entity, LinkedHashMap::new, Collectors.mapping(Item::id, Collectors.toList())));
        gone.forEach((entity, ids) -> tombstones.bury(
                run, system.name(), pull.name(), entity, ids.stream().sorted().toList(), asOf, now(system.name())));
    }

    private OffsetDateTime now(String system) {
        return OffsetDateTime.now(clock.withZone(catalog.get().system(system).zone()));
    }

    /** A system that does not answer; what was cured before stays cured. */
    public static final class SystemAway extends RuntimeException {
        SystemAway(String why) {
            super(why);
        }
    }
}
