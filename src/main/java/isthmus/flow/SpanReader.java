package isthmus.flow;

import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Piece;
import isthmus.source.Extraction;
import isthmus.store.Backfills;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets the pieces of a span through to the store, moves the span's own cursor, and ends the pull behind the span. */
final class SpanReader {
    private final Extraction extraction;
    private final Backfill.Span span;
    private final Backfills.Standing standing;
    private final Pace pace;
    private final Normalizing normalizing;
    private final Storing storing;
    private final Backfill.Progress progress;
    private @Nullable LocalDateTime latest;
    private boolean isOrdered = true;
    private boolean isBehind;
    private long pieces;

    SpanReader(
            Extraction extraction,
            Backfill.Span span,
            Backfills.Standing standing,
            Pace pace,
            Normalizing normalizing,
            Storing storing,
            Backfill.Progress progress) {
        this.extraction = extraction;
        this.span = span;
        this.standing = standing;
        this.pace = pace;
        this.normalizing = normalizing;
        this.storing = storing;
        this.progress = progress;
        pieces = standing.pieces();
    }

    /** A pull that is tried again begins anew. */
    void begin() {
        latest = null;
        isOrdered = true;
        isBehind = false;
    }

    Normalized normalize(Chunk chunk) {
        pace.keep(chunk.read());
        return normalizing.normalize(within(chunk));
    }

    private Chunk within(Chunk chunk) {
        List<@Nullable LocalDateTime> times = extraction.changeTimes(chunk);
        List<Piece> wanted = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            LocalDateTime time = times.get(i);
            if (time != null) {
                see(time);
                if (span.holds(time, chunk.pieces().get(i).locator())) {
                    wanted.add(chunk.pieces().get(i));
                }
            }
        }
        var after = chunk.after() == null ? null : standing.after(chunk.after(), wanted.size());
        return new Chunk(
                chunk.system(),
                chunk.pull(),
                chunk.entities(),
                chunk.run(),
                chunk.layout(),
                wanted,
                chunk.origin(),
                chunk.raw(),
                after);
    }

    private void see(LocalDateTime time) {
        isOrdered &= latest == null || !time.isBefore(latest);
        latest = time;
        isBehind |= !time.isBefore(span.to());
    }

    /** Where the rows come in the order of their change times, none of the span comes after one that is too late. */
    void commit(Normalized normalized) {
        storing.commit(normalized);
        pieces += normalized.chunk().read();
        progress.at(percent(), pieces);
        if (isBehind && isOrdered) {
            throw new Enough();
        }
    }

    private int percent() {
        if (latest == null || isBehind) {
            return isBehind ? 100 : 0;
        }
        long done =
                Duration.between(span.from(), Objects.requireNonNull(latest)).toSeconds();
        long all = Math.max(1, Duration.between(span.from(), span.to()).toSeconds());
        return (int) Math.max(0, Math.min(99, 100 * done / all));
    }

    long pieces() {
        return pieces;
    }
}
