package isthmus.reconcile;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.store.Leases.Lease;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records whose rows a polled table no longer shows: both key sets are compared, twice, and what is gone both
 * times is told as deleted, unless it is too much to be true.
 */
public final class Deletes {
    private final Supplier<Catalog> catalog;
    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final Function<Chunk, Normalized> normalizer;
    private final Runs runs;
    private final Tombstones tombstones;
    private final Audit audit;
    private final Clock clock;

    public Deletes(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            Function<Chunk, Normalized> normalizer,
            DataSource store,
            Runs runs,
            Tombstones tombstones,
            Audit audit,
            Clock clock) {
        this.catalog = catalog;
        this.legacy = legacy;
        this.unified = new StoreShore(store);
        this.normalizer = normalizer;
        this.runs = runs;
        this.tombstones = tombstones;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is gone of one entity.
     *
     * @param held records of the store that are alive
     * @param ids of those that the source no longer shows
     * @param refusal why they are not told as deleted, else null
     */
    public record Gone(
            String system,
            String pull,
            String entity,
            long held,
            List<String> ids,
            @Nullable String refusal) {}

    /** Whether records of the system are told as deleted at all: a pull that alone shows them says {@code deletes}. */
    public boolean watches(LegacySystem system) {
        return !watched(system).isEmpty();
    }

    /**
     * Looks, and changes nothing.
     *
     * @param settle rows that changed in this time before now may be on their way and are left out
     * @throws IllegalArgumentException when the system has no pull with {@code deletes}
     */
    public List<Gone> look(String system, Duration settle) {
        LegacySystem legacySystem = catalog.get().system(system);
        Map<String, Pull> watched = watched(legacySystem);
        if (watched.isEmpty()) {
            throw new IllegalArgumentException("no pull of " + system + " says deletes: in its system.yaml");
        }
        Look look = new Look(legacy, unified, normalizer, Instant.now(clock).minus(settle));
        LegacySystem only = legacySystem.with(List.copyOf(new LinkedHashSet<>(watched.values())));
        List<Finding> first = look.at(only, Map.of());
        Map<String, Names> names = first.stream().collect(Collectors.toMap(finding -> finding.entity, finding -> {
            Names wanted = new Names();
            wanted.want(finding.extra, finding.extra.size());
            return wanted;
        }));
        List<Finding> second = look.at(only, names);
        List<Gone> gone = new ArrayList<>();
        for (int i = 0; i < second.size(); i++) {
            Finding finding = second.get(i);
            Pull pull = watched.get(finding.entity);
            if (pull != null) {
                finding.confirm(first.get(i));
                gone.add(gone(system, pull, finding));
            }
        }
        return gone;
    }

    /**
     * Looks, and tells what is gone as deleted, in a run of its own; what the guard refuses stays, and fails that run.
     *
     * @param by who asked for it and why, for the audit
     */
    public List<Gone> carryOut(String system, Duration settle, String trigger, By by) {
        return carryOut(system, settle, by, () -> runs.begin(system, trigger));
    }

    /** The same under a lease: when another hub has taken over since, nothing is told. */
    public List<Gone> carryOut(Lease lease, Duration settle) {
        return carryOut(lease.name(), settle, By.HUB, () -> runs.beginBeside(lease));
    }

    private List<Gone> carryOut(String system, Duration settle, By by, LongSupplier begin) {
        ZoneId zone = catalog.get().system(system).zone();
        long asOf = tombstones.asOf();
        List<Gone> all = look(system, settle);
        List<Gone> allowed = all.stream()
                .filter(gone -> gone.refusal() == null && !gone.ids().isEmpty())
                .toList();
        List<String> refusals = all.stream()
                .flatMap(gone -> Stream.ofNullable(gone.refusal()).map(why -> gone.entity() + ": " + why))
                .toList();
        if (allowed.isEmpty() && refusals.isEmpty()) {
            return all;
        }
        OffsetDateTime at = OffsetDateTime.now(clock.withZone(zone));
        long run = begin.getAsLong();
        audit.write(allowed.stream()
                .map(gone -> by.did(
                        "deletes.execute",
                        system + " " + gone.entity(),
                        gone.ids().size() + " of " + gone.held() + ", run " + run))
                .toList());
        for (Gone gone : allowed) {
            tombstones.bury(run, system, gone.pull(), gone.entity(), gone.ids(), asOf, at);
        }
        if (refusals.isEmpty()) {
            runs.end(run);
        } else {
            runs.fail(run, String.join("; ", refusals));
        }
        return all;
    }

    /** By entity the pull that shows it; an entity that another pull feeds too is not judged by one of them alone. */
    private static Map<String, Pull> watched(LegacySystem system) {
        Map<String, Pull> watched = new LinkedHashMap<>();
        for (Pull pull : system.pulls()) {
            for (String entity : pull.entities()) {
                boolean isAlone = system.pulls().stream()
                        .allMatch(other -> other == pull || !other.entities().contains(entity));
                if (pull.deletes() != null && isAlone) {
                    watched.put(entity, pull);
                }
            }
        }
        return watched;
    }

    private static Gone gone(String system, Pull pull, Finding finding) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < finding.extra.size(); i++) {
            String id = finding.names.of(finding.extra.at(i));
            if (id == null) {
                throw new IllegalStateException("a record of the store without an id");
            }
            ids.add(id);
        }
        ids.sort(null);
        return new Gone(system, pull.name(), finding.entity, finding.unified, ids, refusal(pull, finding, ids.size()));
    }

    private static @Nullable String refusal(Pull pull, Finding finding, long gone) {
        return pull.deletes() == null
                ? null
                : MassDelete.refusal(
                        finding.source, finding.unified, gone, pull.deletes().atMost());
    }
}
