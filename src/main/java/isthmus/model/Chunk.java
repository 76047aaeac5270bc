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
        @Nullable Position after) {

    /** Pieces offered, per entity: the left side of the balance, counted before any mapping. */
    public int read() {
        return pieces.size();
    }
}
