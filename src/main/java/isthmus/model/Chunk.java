package isthmus.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels in one exchange: pieces of one pull, with provenance and the position that is reached when they are
 * stored.
 *
 * @param entities the mappings that each piece is offered to
 * @param layout null when every piece was refused by the reader
 * @param raw the bytes of the page or message that the pieces were cut from; null where they are kept already (a file)
 * @param after committed with the chunk; null when nothing moves (replay)
 * @param notes what is odd about the whole file, flagged on each of its records
 */
public record Chunk(
        String system,
        String pull,
        List<String> entities,
        long run,
        @Nullable Layout layout,
        List<Piece> pieces,
        Origin origin,
        byte @Nullable [] raw,
        @Nullable Position after,
        List<Reason> notes) {

    /** A chunk of which nothing odd is to be told. */
    public Chunk(
            String system,
            String pull,
            List<String> entities,
            long run,
            @Nullable Layout layout,
            List<Piece> pieces,
            Origin origin,
            byte @Nullable [] raw,
            @Nullable Position after) {
        this(system, pull, entities, run, layout, pieces, origin, raw, after, List.of());
    }

    /** Pieces offered, per entity: the left side of the balance, counted before any mapping. */
    public int read() {
        return pieces.size();
    }
}
