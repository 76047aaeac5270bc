package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Reason;
import isthmus.store.ApplyRule.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges the versions of one entity in one chunk, in the order of their pieces, without touching the database. */
final class Judgement {

    enum Fate {
        APPLIED,
        UNCHANGED,
        STALE,
        REFUSED
    }

    /** Two states of one version of a subject, of which the greater hash was kept. */
    record Conflict(String id, String sequence, String kept, String lost) {}

    private final Instant now;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<Row> applied = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private Outcome.Rejected refusal = new Outcome.Rejected(Reason.SCHEMA, null, "");

    Judgement(Map<String, Held> held, Instant now) {
        this.now = now;
        held.forEach((id, version) -> slots.put(id, new Slot(version)));
    }

    Map<String, Slot> slots() {
        return slots;
    }

    /** Every applied version in the order in which it was judged; becomes the change log. */
    List<Row> applied() {
        return applied;
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Why the last version was refused. */
    Outcome.Rejected refusal() {
        return refusal;
    }

    Fate judge(Fact fact, long ordinal) {
        Slot slot = slots.computeIfAbsent(fact.id(), id -> new Slot(null));
        Held held = slot.standing();
        if (held != null && held.isErased()) {
            return Fate.STALE;
        }
        if (held == null) {
            return apply(slot, fact, null, ordinal);
        }
        Held.BlockState block = held.block();
        return block != null && fact.op() == Op.UPSERT
                ? merge(slot, held, block, fact, ordinal)
                : replace(slot, held, fact, ordinal);
    }

    private Fate replace(Slot slot, Held held, Fact fact, long ordinal) {
        Verdict verdict = ApplyRule.decide(
                BlockMerge.highest(held.sequence()), held.contentHash(), fact.sequence(), fact.contentHash());
        return switch (verdict) {
            case APPLIED -> apply(slot, fact, null, ordinal);
            case CONFLICT_WON -> {
                conflicts.add(new Conflict(fact.id(), fact.sequence(), fact.contentHash(), held.contentHash()));
                yield apply(slot, fact, null, ordinal);
            }
            case ADVANCED, DUPLICATE -> {
                touch(slot, held, held.advanced(fact.sequence(), fact.keyHash(), fact.rowHash()));
                yield Fate.UNCHANGED;
            }
            case CONFLICT_LOST -> {
                conflicts.add(new Conflict(fact.id(), fact.sequence(), held.contentHash(), fact.contentHash()));
                yield Fate.STALE;
            }
            case STALE -> Fate.STALE;
        };
    }

    private Fate merge(Slot slot, Held held, Held.BlockState block, Fact fact, long ordinal) {
        if (block.positions() == null && held.contentHash().equals(fact.contentHash())) {
            return same(slot, held, fact);
        }
        BlockMerge.Merged merged;
        try {
            merged = BlockMerge.merge(held, block, fact);
        } catch (ArithmeticException tooLarge) {
            refusal = new Outcome.Rejected(Reason.NUMBER_RANGE, "values", "within 64 bits at the finer scale");
            return Fate.REFUSED;
        } catch (IllegalArgumentException otherShape) {
            refusal = new Outcome.Rejected(Reason.SCHEMA, "values", String.valueOf(otherShape.getMessage()));
            return Fate.REFUSED;
        }
        if (!merged.fact().contentHash().equals(held.contentHash())) {
            return apply(slot, merged.fact(), merged.positions(), ordinal);
        }
        Held as = Held.of(merged.fact(), merged.positions(), held.recordedFrom(), held.key());
        touch(slot, held, as);
        return Fate.UNCHANGED;
    }

    /** The commonest case of a file read twice, told without opening the block. */
    private static Fate same(Slot slot, Held held, Fact fact) {
        int order = fact.sequence().compareTo(BlockMerge.highest(held.sequence()));
        if (order > 0 || (order == 0 && fact.rowHash().compareTo(held.rowHash()) > 0)) {
            String sequence = BlockMerge.advanced(held.sequence(), fact.sequence());
            touch(slot, held, held.advanced(sequence, fact.keyHash(), fact.rowHash()));
        }
        return Fate.UNCHANGED;
    }

    private Fate apply(Slot slot, Fact fact, @Nullable String positions, long ordinal) {
        Row row = new Row(fact, ordinal, slot.nextInstant(now), slot.stored == null ? null : slot.stored.key());
        slot.apply(row, Held.of(fact, positions, row.recordedFrom, row.key()));
        applied.add(row);
        return Fate.APPLIED;
    }

    private static void touch(Slot slot, Held held, Held as) {
        boolean same = held.sequence().equals(as.sequence())
                && held.keyHash().equals(as.keyHash())
                && held.rowHash().equals(as.rowHash())
                && Objects.equals(held.positions(), as.positions());
        if (!same) {
            slot.touch(as);
        }
    }
}
