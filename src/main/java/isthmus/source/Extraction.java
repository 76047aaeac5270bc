package isthmus.source;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Position;
import isthmus.model.Reason;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pull of one system under way.
 *
 * @param run the run that counts it
 * @param start when it began, in the system's zone
 */
public record Extraction(LegacySystem system, Pull pull, long run, OffsetDateTime start) {

    /** A chunk holds at most this many pieces, when the pull does not say it ({@code settings: chunk}). */
    private static final String MAX_PIECES = "5000";

    /** A chunk is closed by the piece whose bytes reach this. */
    static final int MAX_BYTES = 4 << 20;

    Chunk chunk(
            @Nullable Layout layout,
            List<Piece> pieces,
            Origin origin,
            byte @Nullable [] raw,
            @Nullable Position after) {
        return chunk(layout, pieces, origin, raw, after, List.of());
    }

    Chunk chunk(
            @Nullable Layout layout,
            List<Piece> pieces,
            Origin origin,
            byte @Nullable [] raw,
            @Nullable Position after,
            List<Reason> notes) {
        return new Chunk(system.name(), pull.name(), pull.entities(), run, layout, pieces, origin, raw, after, notes);
    }

    Position position(String value) {
        return new Position(system.name(), pull.name(), value);
    }

    int maxPieces() {
        return Integer.parseInt(setting("chunk", MAX_PIECES));
    }

    String setting(String name, String otherwise) {
        return pull.settings().getOrDefault(name, otherwise);
    }
}
