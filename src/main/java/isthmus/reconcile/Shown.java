package isthmus.reconcile;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What the legacy shore shows of one entity: records understood, and pieces refused. */
final class Shown implements AutoCloseable {
    private final Path folder;
    private final String entity;
    private final Names names;
    private final Instant before;
    private final SortedRuns understood;
    private final SortedRuns refused;

    /** @param before what changed then or later is too young to count */
    Shown(Path folder, String entity, Names names, Instant before) {
        this.folder = folder;
        this.entity = entity;
        this.names = names;
        this.before = before;
        this.understood = new SortedRuns(folder);
        this.refused = new SortedRuns(folder);
    }

    void add(List<Piece> pieces, List<Outcome> outcomes, boolean timed) {
        add(pieces, outcomes, timed, fact -> true);
    }

    /** Only those that are wanted; what is refused always is. */
    void add(List<Piece> pieces, List<Outcome> outcomes, boolean timed, Predicate<Fact> wanted) {
        for (int i = 0; i < pieces.size(); i++) {
            String locator = locator(pieces.get(i));
            if (!(outcomes.get(i) instanceof Outcome.Accepted accepted)) {
                Key key = Key.of(locator);
                names.see(key, locator);
                refused(key);
            } else if (wanted.test(accepted.fact())) {
                add(accepted.fact(), locator, timed);
            }
        }
    }

    /** A piece that was refused, and needs no name. */
    void refused(Key locator) {
        refused.add(Sighting.of(locator));
    }

    /** As the store writes it down, which has no NUL. */
    static String locator(Piece piece) {
        return piece.locator().replace('\0', '?');
    }

    /** The day from which a record holds, as {@link Sighting#day} counts it. */
    static int day(Fact fact) {
        return fact.validFrom() == null ? 0 : (int) fact.validFrom().toEpochDay();
    }

    private void add(Fact fact, String locator, boolean timed) {
        Key key = Key.of(fact.id());
        names.see(key, fact.id());
        boolean alive = fact.op() == Op.UPSERT;
        boolean mergesByPosition = alive && entity.equals(Intervals.ENTITY);
        Intervals intervals = mergesByPosition ? Intervals.of(fact.body()) : null;
        understood.add(new Sighting(
                key,
                mergesByPosition ? fact.sequence() : fact.sequence() + ' ' + fact.contentHash(),
                timed && isYoung(fact.time().toInstant()),
                alive,
                Key.of(locator),
                intervals == null ? Key.of(fact.contentHash()) : intervals.content(),
                fact.money(),
                fact.energy(),
                intervals,
                day(fact)));
    }

    /** Compares with what the store holds. */
    Finding against(String system, Consumer<Consumer<UnifiedShore.Held>> records, Shelf shelf) {
        Finding finding = new Finding(system, entity, names);
        try (SortedRuns held = new SortedRuns(folder)) {
            records.accept(record -> {
                Key key = Key.of(record.id());
                names.see(key, record.id());
                held.add(new Sighting(
                        key,
                        "",
                        isYoung(record.time()),
                        !record.deleted(),
                        Key.of(record.keyHash()),
                        record.content(),
                        record.money(),
                        record.energy(),
                        null,
                        record.day()));
            });
            finding.compare(understood.settled(), refused.settled(), held.settled(), shelf);
        }
        return finding;
    }

    private boolean isYoung(Instant changed) {
        return !changed.isBefore(before);
    }

    @Override
    public void close() {
        understood.close();
        refused.close();
    }
}
