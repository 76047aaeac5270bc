package isthmus.quarantine;

import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Reason;
import isthmus.store.ChunkStore;
import isthmus.store.Quarantines;
import isthmus.store.Quarantines.Entry;
import isthmus.store.Quarantines.State;
import isthmus.store.Tally;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Offers kept bytes again, one piece a chunk, so that the fate of each is known and a stop loses nothing: the store takes
 * the same piece twice without telling it twice.
 */
final class Replay {
    private final Quarantines shelf;
    private final Waiting waiting;
    private final Recut recut;
    private final Function<Chunk, Normalized> normalizer;
    private final ChunkStore store;

    Replay(Quarantines shelf, Waiting waiting, Recut recut, Function<Chunk, Normalized> normalizer, ChunkStore store) {
        this.shelf = shelf;
        this.waiting = waiting;
        this.recut = recut;
        this.normalizer = normalizer;
        this.store = store;
    }

    /** Why a piece is not to be offered at all; empty when it is. */
    static Optional<Answer> refusal(Entry entry) {
        if (entry.state() != State.OPEN) {
            String note = entry.note() == null ? "" : ": " + entry.note();
            String text = "nothing to do, it is " + entry.state().code() + note;
            return Optional.of(new Answer(entry.id(), Answer.Fate.SETTLED_BEFORE, text));
        }
        if (Kept.isWhole(entry)) {
            Reason reason = Kept.reason(entry);
            String text = "the whole of " + Printable.escape(entry.locator())
                    + " was refused, so there is no record to offer again: have it sent again. " + reason.code() + ": "
                    + reason.remedy();
            return Optional.of(new Answer(entry.id(), Answer.Fate.IMPOSSIBLE, text));
        }
        return Optional.empty();
    }

    Answer offer(Kept piece, long run) {
        Entry entry = piece.entry();
        Recut.Cut cut;
        try {
            cut = piece.cut(recut);
        } catch (IllegalArgumentException gone) {
            String text = "pull " + entry.pull() + " of system " + entry.system() + " cannot cut it any more";
            return new Answer(entry.id(), Answer.Fate.IMPOSSIBLE, text);
        }
        Origin origin = piece.origin();
        Normalized said = normalizer.apply(new Chunk(
                entry.system(),
                entry.pull(),
                List.of(entry.entity()),
                run,
                cut.layout(),
                List.of(cut.piece()),
                new Origin("replay", origin.object(), origin.hash(), origin.member(), origin.at()),
                null,
                null));
        return said.outcomes().getOrDefault(entry.entity(), List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mapping spoke of " + entry.entity()))
                .fold(accepted -> accepted(entry, run, said), rejected -> refused(entry, said, rejected));
    }

    private Answer accepted(Entry entry, long run, Normalized said) {
        List<Long> newer = waiting.newer(entry);
        Tally tally = commit(entry, said);
        if (!newer.isEmpty()) {
            // The store takes a good version for the newest of its locator; these are newer and still wait.
            waiting.reopen(newer);
        }
        if (tally.quarantined() > 0) {
            String text = "understood, but the store refused it for a reason of its own, which waits as another piece";
            return settled(entry, State.SUPERSEDED, Answer.Fate.REFUSED, text);
        }
        if (tally.stale() > 0) {
            return settled(entry, State.SUPERSEDED, Answer.Fate.SUPERSEDED, "the store has a newer version");
        }
        String text = tally.applied() > 0
                ? "applied in run " + run
                : "understood in run " + run + "; the store had the same already";
        return settled(entry, State.REPLAYED, Answer.Fate.REPLAYED, text);
    }

    private Answer refused(Entry entry, Normalized said, Outcome.Rejected why) {
        String reason = why.reason().code();
        boolean waitsElsewhere = !reason.equals(entry.reason()) && !renamed(entry, why.reason());
        commit(entry, said);
        if (waitsElsewhere) {
            String text = "the same bytes wait as another piece for " + reason;
            return settled(entry, State.SUPERSEDED, Answer.Fate.REFUSED, text);
        }
        String at = why.field() == null ? "" : " at " + why.field();
        return new Answer(entry.id(), Answer.Fate.REFUSED, "still refused, " + reason + at + ": " + why.hint());
    }

    private boolean renamed(Entry entry, Reason reason) {
        byte[] bytes = shelf.bytes(entry.id()).orElseGet(() -> new byte[0]);
        return waiting.rename(entry.id(), reason, Quarantines.fingerprint(entry, reason.code(), bytes));
    }

    private Answer settled(Entry entry, State state, Answer.Fate fate, String text) {
        shelf.mark(entry.id(), state, text);
        return new Answer(entry.id(), fate, text);
    }

    private Tally commit(Entry entry, Normalized said) {
        Tally tally = store.commit(said).get(entry.entity());
        if (tally == null) {
            throw new IllegalStateException("the store counted nothing of " + entry.entity());
        }
        return tally;
    }
}
