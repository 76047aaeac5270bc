package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Outcome.Rejected;
import isthmus.reconcile.Bisection.Apart;
import isthmus.reconcile.SourceBuckets.NotHashed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at a pull whose database hashes its own rows. Only what differs is read again, through the mappings; they have
 * the last word, so that a row which the database says in another way than we do is no difference.
 */
final class PushedLook implements Shortcut {
    private static final Logger LOG = LoggerFactory.getLogger(PushedLook.class);
    /** For a snapshot, whose rows have no change time. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final LegacyShore legacy;
    private final UnifiedShore unified;
    private final DataSource store;
    private final Function<Chunk, Normalized> normalizer;
    private final Instant before;
    /** A second look is only at what differed in the first. */
    private final Map<String, Optional<List<Compared>>> looked = new HashMap<>();

    PushedLook(
            LegacyShore legacy,
            UnifiedShore unified,
            DataSource store,
            Function<Chunk, Normalized> normalizer,
            Instant before) {
        this.legacy = legacy;
        this.unified = unified;
        this.store = store;
        this.normalizer = normalizer;
        this.before = before;
    }

    /** Empty where the database cannot do it. */
    @Override
    public Optional<List<Finding>> at(LegacySystem system, Pull pull, Map<String, Names> names) {
        Optional<DataSource> database = legacy.database(system.name());
        if (database.isEmpty() || !HashQuery.suits(pull)) {
            return Optional.empty();
        }
        try {
            Optional<SqlDialect> dialect = SelfTest.pass(database.get());
            if (dialect.isEmpty()) {
                LOG.warn("{} does not hash as we do; {} is read row by row", system.name(), pull.name());
                return Optional.empty();
            }
            return looked(system, pull, database.get(), dialect.get())
                    .map(compared -> findings(system, pull, compared));
        } catch (NotHashed fault) {
            LOG.warn(
                    "{}.{} is read row by row, because its database does not hash it (SQLSTATE {})",
                    system.name(),
                    pull.name(),
                    fault.state());
            return Optional.empty();
        }
    }

    private Optional<List<Compared>> looked(LegacySystem system, Pull pull, DataSource database, SqlDialect dialect) {
        return looked.computeIfAbsent(
                system.name() + "." + pull.name(), name -> bisect(system, pull, database, dialect));
    }

    private List<Finding> findings(LegacySystem system, Pull pull, List<Compared> compared) {
        Set<String> names = new HashSet<>();
        Map<String, Set<Key>> wanted = new HashMap<>();
        for (Compared each : compared) {
            wanted.put(each.entity(), each.apart().keySet());
            each.apart().values().forEach(one -> names.add(one.isInSource() ? one.inSource() : one.inStore()));
        }
        Map<String, Map<Key, Said>> said = names.isEmpty() ? Map.of() : readAgain(system, pull, names, wanted);
        return compared.stream()
                .map(each -> finding(system, each, said.getOrDefault(each.entity(), Map.of()), pull.cursor() != null))
                .toList();
    }

    /** What the buckets of an entity said. */
    private record Compared(
            String entity, long sourceRows, long moved, Map<Key, Apart> apart, StoreBuckets.Totals totals) {}

    private Optional<List<Compared>> bisect(LegacySystem system, Pull pull, DataSource database, SqlDialect dialect) {
        HashQuery.Kinds kinds = SourceBuckets.kinds(database, new HashQuery(dialect, pull, HashQuery.Kinds.UNKNOWN));
        SourceBuckets source = new SourceBuckets(
                database,
                new HashQuery(dialect, pull, kinds),
                before.atZone(system.zone()).toLocalDateTime());
        List<Compared> compared = new ArrayList<>();
        for (String entity : pull.entities()) {
            Instant until = pull.cursor() == null ? NEVER : before;
            StoreBuckets buckets = new StoreBuckets(store, system.name(), entity, until);
            Bisection bisection = new Bisection(source, buckets);
            Optional<Map<Key, Apart>> found = bisection.differences();
            if (found.isEmpty()) {
                LOG.info("{}.{} differs in so much that {} is read row by row", system.name(), entity, pull.name());
                return Optional.empty();
            }
            Map<Key, Apart> apart = found.get();
            LOG.info(
                    "{}.{}: {} rows in {} levels, {} moved, {} differ",
                    system.name(),
                    entity,
                    bisection.sourceRows(),
                    bisection.levels(),
                    bisection.moved(),
                    apart.size());
            compared.add(new Compared(
                    entity, bisection.sourceRows(), bisection.moved() + apart.size(), apart, buckets.totals()));
        }
        return Optional.of(compared);
    }

    private Finding finding(LegacySystem system, Compared compared, Map<Key, Said> said, boolean timed) {
        Finding finding = new Finding(system.name(), compared.entity(), new Names());
        finding.source = compared.sourceRows();
        finding.unified = compared.totals().records();
        finding.quarantined = compared.totals().quarantined();
        finding.moved = compared.moved();
        finding.unifiedSums.add(compared.totals().sums());
        finding.sourceSums.add(compared.totals().sums());
        if (!compared.apart().isEmpty()) {
            Shelf shelf = Shelf.of(unified, system.name(), compared.entity());
            Map<Key, UnifiedShore.Held> held =
                    held(system, compared.entity(), compared.apart().keySet());
            compared.apart().forEach((key, apart) -> weigh(finding, apart, said.get(key), held.get(key), shelf, timed));
        }
        finding.leaveOutWhatMoved();
        return finding;
    }

    /** What the source says of a key when it is asked again; a fact, or the locator of what is refused. */
    private record Said(@Nullable Fact fact, String locator) {}

    /** Only what is wanted is kept: with it a whole table may come. */
    private Map<String, Map<Key, Said>> readAgain(
            LegacySystem system, Pull pull, Set<String> names, Map<String, Set<Key>> wanted) {
        Map<String, Map<Key, Said>> said = new HashMap<>();
        NativeKeys.read(
                legacy,
                system,
                pull,
                names,
                chunk -> normalizer.apply(chunk).outcomes().forEach((entity, outcomes) -> {
                    Set<Key> keys = wanted.getOrDefault(entity, Set.of());
                    Map<Key, Said> of = said.computeIfAbsent(entity, name -> new HashMap<>());
                    for (int i = 0; i < outcomes.size(); i++) {
                        String locator = Shown.locator(chunk.pieces().get(i));
                        Outcome outcome = outcomes.get(i);
                        String hash = outcome.fold(one -> one.fact().keyHash(), Rejected::keyHash);
                        Key key = hash == null ? Key.of(locator) : SourceBuckets.key(hash);
                        if (keys.contains(key)) {
                            Fact fact = outcome instanceof Outcome.Accepted accepted ? accepted.fact() : null;
                            of.put(key, new Said(fact, locator));
                        }
                    }
                }));
        return said;
    }

    private Map<Key, UnifiedShore.Held> held(LegacySystem system, String entity, Set<Key> keys) {
        Map<Key, UnifiedShore.Held> held = new HashMap<>();
        unified.of(system.name(), entity, keys, record -> held.put(Key.of(record.keyHash()), record));
        return held;
    }

    private void weigh(
            Finding finding,
            Apart apart,
            @Nullable Said here,
            UnifiedShore.@Nullable Held there,
            Shelf shelf,
            boolean timed) {
        Fact fact = here == null ? null : here.fact();
        UnifiedShore.Held held = there != null && !there.deleted() ? there : null;
        boolean young = timed
                && (fact != null && !fact.time().toInstant().isBefore(before)
                        || held != null && !held.time().isBefore(before));
        forget(finding, apart);
        if (young) {
            finding.inFlight++;
        } else if (here != null && fact == null) {
            finding.source++;
            finding.outdated += held == null ? 0 : 1;
            if (shelf.knows(Key.of(here.locator()))) {
                finding.quarantined++;
            } else {
                finding.missing(here.locator());
            }
        } else if (here != null && fact != null && fact.op() == Op.UPSERT) {
            finding.source++;
            if (there != null && there.isErased()) {
                finding.quarantined++;
            } else {
                understood(finding, here.locator(), fact, held, shelf);
            }
        } else if (held != null) {
            finding.hold(held);
            finding.extra(held.id());
        }
    }

    /** Takes back what the buckets have counted of a key, so that it can be counted by what was read. */
    private static void forget(Finding finding, Apart apart) {
        finding.source -= apart.isInSource() ? 1 : 0;
        Buckets.Counted counted = apart.counted();
        if (counted.isRecord()) {
            finding.unified--;
            finding.unifiedSums.subtract(counted.money(), counted.energy());
            finding.sourceSums.subtract(counted.money(), counted.energy());
        } else if (apart.isInStore()) {
            finding.quarantined--;
        }
    }

    private static void understood(
            Finding finding, String locator, Fact fact, UnifiedShore.@Nullable Held held, Shelf shelf) {
        boolean agrees = held != null && held.contentHash().equals(fact.contentHash());
        if (!agrees && shelf.holds(Key.of(locator))) {
            finding.quarantined++;
            return;
        }
        finding.sourceSums.plus(fact.money(), fact.energy());
        if (held == null) {
            finding.missing(fact.id());
        } else {
            finding.hold(held);
            if (!agrees) {
                finding.different(fact.id());
            }
        }
    }
}
