package isthmus.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subject during one chunk: what was stored, what stands now, and what was believed in between. */
final class Slot {
    /** A version that was applied and superseded inside the chunk. */
    record Passed(Row row, Held as, Instant until) {}

    final @Nullable Held stored;
    private final List<Passed> passed = new ArrayList<>();
    private @Nullable Held standing;
    private @Nullable Row newest;
    private @Nullable Instant supersededAt;

    Slot(@Nullable Held stored) {
        this.stored = stored;
        this.standing = stored;
    }

    @Nullable
    Held standing() {
        return standing;
    }

    /** The newest version applied in this chunk; null when the stored one still stands. */
    @Nullable
    Row newest() {
        return newest;
    }

    /** When the stored version ceased to stand. */
    @Nullable
    Instant supersededAt() {
        return supersededAt;
    }

    List<Passed> passed() {
        return passed;
    }

    /** Whether the stored row stays but its sequence, hashes or positions moved. */
    boolean touched() {
        return newest == null && standing != stored;
    }

    /** Rises with every version of the subject, whatever the clock does: history is keyed by it. */
    Instant nextInstant(Instant now) {
        Held before = standing;
        return before == null || before.recordedFrom().isBefore(now)
                ? now
                : before.recordedFrom().plusNanos(1_000);
    }

    void apply(Row row, Held as) {
        if (newest != null && standing != null) {
            passed.add(new Passed(newest, standing, row.recordedFrom));
        } else {
            supersededAt = row.recordedFrom;
        }
        newest = row;
        standing = as;
    }

    void touch(Held as) {
        standing = as;
    }
}
