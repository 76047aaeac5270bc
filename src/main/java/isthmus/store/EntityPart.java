package isthmus.store;

import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one chunk says of one entity, judged piece by piece. */
final class EntityPart {
    /** The envelope adds about one KiB; intermediaries forward events up to 64 KiB (model.md 3.1). */
    private static final int LARGEST_BODY = 60 * 1024;

    /** @param fact what was understood of it before it was refused, else null */
    record Refused(
            Piece piece, Outcome.Rejected why, @Nullable Fact fact) {}

    final String entity;
    final String mapping;
    private final List<Piece> pieces;
    private final List<Outcome> outcomes;
    private final List<Refused> refused = new ArrayList<>();
    private final Set<String> understood = new LinkedHashSet<>();
    private Judgement judgement = new Judgement(Map.of(), Instant.EPOCH);
    private Tally tally = Tally.NONE;

    EntityPart(String entity, String mapping, Chunk chunk, List<Outcome> outcomes) {
        this.entity = entity;
        this.mapping = mapping;
        this.pieces = chunk.pieces();
        this.outcomes = outcomes;
    }

    /** Ids of every subject spoken of. */
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Accepted accepted) {
                ids.add(accepted.fact().id());
            }
        }
        return ids;
    }

    void judge(Judgement by) {
        judgement = by;
        long[] fates = new long[Judgement.Fate.values().length];
        for (int i = 0; i < outcomes.size(); i++) {
            fates[judge(pieces.get(i), outcomes.get(i)).ordinal()]++;
        }
        tally = new Tally(
                pieces.size(),
                fates[Judgement.Fate.APPLIED.ordinal()],
                fates[Judgement.Fate.UNCHANGED.ordinal()],
                fates[Judgement.Fate.STALE.ordinal()],
                fates[Judgement.Fate.REFUSED.ordinal()]);
    }

    private Judgement.Fate judge(Piece piece, Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return refuse(piece, rejected, null);
        }
        Fact fact = ((Outcome.Accepted) outcome).fact();
        if (fact.body().length > LARGEST_BODY) {
            return refuse(piece, new Outcome.Rejected(Reason.EVENT_SIZE, null, "at most 61440 bytes"), fact);
        }
        Judgement.Fate fate = judgement.judge(fact, piece.ordinal());
        if (fate == Judgement.Fate.REFUSED) {
            return refuse(piece, judgement.refusal(), fact);
        }
        if (fate != Judgement.Fate.STALE) {
            understood.add(piece.locator());
        }
        return fate;
    }

    private Judgement.Fate refuse(Piece piece, Outcome.Rejected why, @Nullable Fact fact) {
        refused.add(new Refused(piece, why, fact));
        understood.remove(piece.locator());
        return Judgement.Fate.REFUSED;
    }

    Map<String, Slot> slots() {
        return judgement.slots();
    }

    List<Row> applied() {
        return judgement.applied();
    }

    List<Judgement.Conflict> conflicts() {
        return judgement.conflicts();
    }

    Set<String> erased() {
        return judgement.erased();
    }

    List<Refused> refused() {
        return refused;
    }

    /** Locators whose last version in this chunk was good, so that an older refusal of theirs is history. */
    Set<String> understood() {
        return understood;
    }

    Tally tally() {
        return tally;
    }
}
