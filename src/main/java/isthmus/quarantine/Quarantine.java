package isthmus.quarantine;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.audit.Audit.Deed;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.security.seal.Opener;
import isthmus.store.ChunkStore;
import isthmus.store.Quarantines;
import isthmus.store.Quarantines.Entry;
import isthmus.store.Quarantines.Filter;
import isthmus.store.Quarantines.State;
import isthmus.store.Runs;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/** What was not understood: looked at, offered again to today's mappings, or dropped with a reason. */
public final class Quarantine {
    private static final int BATCH = 500;

    private final Quarantines shelf;
    private final Waiting waiting;
    private final Recut recut;
    private final Runs runs;
    private final Replay replay;
    private final Audit audit;

    /** @param normalizer today's mappings */
    public Quarantine(
            DataSource store,
            Opener opener,
            Recut recut,
            Function<Chunk, Normalized> normalizer,
            ChunkStore chunks,
            Runs runs,
            Audit audit) {
        this.shelf = new Quarantines(store, opener);
        this.waiting = new Waiting(store);
        this.recut = recut;
        this.runs = runs;
        this.audit = audit;
        this.replay = new Replay(shelf, waiting, recut, normalizer, chunks);
    }

    /** One group a system, entity and reason, the largest first. */
    public List<Group> groups(Filter filter) {
        return waiting.groups(filter);
    }

    /** At most so many, in the order in which they were refused first. */
    public List<Entry> list(Filter filter, int atMost) {
        return shelf.list(filter, 0, atMost);
    }

    /** One piece laid open; empty when there is none of this id. */
    public Optional<Exhibit> show(long id) {
        return shelf.get(id).map(entry -> exhibit(new Kept(entry, bytes(id))));
    }

    /**
     * Offers one piece again; empty when there is none of this id. Doing it twice changes nothing, and when the store does
     * not answer the piece stays open.
     *
     * @param by who asked for it and why, for the audit
     */
    public Optional<Answer> replay(long id, By by) {
        return shelf.get(id)
                .map(entry -> Replay.refusal(entry)
                        .orElseGet(() -> inRun(entry.system(), run -> {
                            note(by, entry.system(), run, List.of(id));
                            return replay.offer(new Kept(entry, bytes(id)), run);
                        })));
    }

    /**
     * Offers every open piece of a system, entity and reason again, in one run a system. The newest goes first, so that an
     * older version of the same record is found stale and is not told to the world again.
     *
     * @param which its state is not asked for
     * @param by who asked for it, for the audit
     */
    public void replayAll(Filter which, By by, Consumer<Answer> answers) {
        Filter open = new Filter(which.system(), which.entity(), which.reason(), State.OPEN);
        for (String system : waiting.systems(open)) {
            Filter here = new Filter(system, open.entity(), open.reason(), State.OPEN);
            inRun(system, run -> {
                List<Long> batch = waiting.below(here, Long.MAX_VALUE, BATCH);
                while (!batch.isEmpty()) {
                    note(by, system, run, batch);
                    for (long id : batch) {
                        shelf.get(id).map(entry -> offer(entry, run)).ifPresent(answers);
                    }
                    batch = waiting.below(here, batch.get(batch.size() - 1), BATCH);
                }
                return system;
            });
        }
    }

    /**
     * Gives an open piece up for good.
     *
     * @param why for those who ask later; not blank
     * @param by who asked for it, for the audit
     * @return false when there is no open piece of this id
     */
    public boolean drop(long id, String why, String by) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("a piece is dropped for a reason: say which");
        }
        boolean[] isDropped = {false};
        audit.write(within -> {
            isDropped[0] = Waiting.drop(within, id, why.strip());
            return isDropped[0] ? List.of(new Deed(by, "quarantine.drop", "piece " + id, why.strip())) : List.of();
        });
        return isDropped[0];
    }

    /** Before they are offered, so that none is released unseen. */
    private void note(By by, String system, long run, List<Long> pieces) {
        audit.write(pieces.stream()
                .map(id -> by.did("quarantine.replay", "piece " + id, system + ", run " + run))
                .toList());
    }

    private Answer offer(Entry entry, long run) {
        return Replay.refusal(entry).orElseGet(() -> replay.offer(new Kept(entry, bytes(entry.id())), run));
    }

    private byte[] bytes(long id) {
        return shelf.bytes(id).orElseThrow(() -> new IllegalStateException("piece " + id + " has lost its bytes"));
    }

    private <T> T inRun(String system, LongFunction<T> work) {
        long run = runs.begin(system, "replay");
        T result;
        try {
            result = work.apply(run);
        } catch (RuntimeException fault) {
            runs.fail(run, "replay stopped: " + fault.getClass().getSimpleName());
            throw fault;
        }
        runs.end(run);
        return result;
    }

    private Exhibit exhibit(Kept piece) {
        try {
            Charset charset =
                    recut.charset(piece.entry().system(), piece.entry().pull());
            return Exhibit.of(piece, charset, Kept.isWhole(piece.entry()) ? null : piece.cut(recut));
        } catch (IllegalArgumentException gone) {
            return Exhibit.of(piece, StandardCharsets.UTF_8, null);
        }
    }
}
