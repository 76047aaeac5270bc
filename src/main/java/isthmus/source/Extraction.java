package isthmus.source;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Position;
import isthmus.model.Reason;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

    /** @param value as an earlier chunk of this pull carried it */
    public Position position(String value) {
        return new Position(system.name(), pull.name(), value);
    }

    /** When each piece of a chunk was changed, by the pull's cursor and in the system's zone; null for what is no time. */
    public List<@Nullable LocalDateTime> changeTimes(Chunk chunk) {
        Pull.Cursor cursor = pull.cursor();
        Layout layout = chunk.layout();
        int time = cursor == null || layout == null ? -1 : layout.indexOf(cursor.time());
        List<@Nullable LocalDateTime> times = new ArrayList<>();
        for (Piece piece : chunk.pieces()) {
            boolean isTold = time >= 0 && time < piece.values().length;
            times.add(isTold ? Watermark.parse(piece.values()[time], system.zone()) : null);
        }
        return times;
    }

    /** Where a reader begins that has seen everything before a time. */
    public Position from(LocalDateTime time) {
        return position("{\"time\":\"" + Watermark.format(time) + "\"}");
    }

    int maxPieces() {
        return Integer.parseInt(setting("chunk", MAX_PIECES));
    }

    String setting(String name, String otherwise) {
        return pull.settings().getOrDefault(name, otherwise);
    }
}
