package isthmus.flow;

import isthmus.model.Chunk;
import isthmus.model.Position;
import isthmus.source.Extraction;
import java.util.function.LongConsumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What one pull has brought ashore so far, over all its attempts; travels with the exchange, out of reach of headers. */
final class Haul {
    private static final String PROPERTY = "isthmus.haul";

    private final Extraction extraction;
    private final LongConsumer progress;
    private long chunks;
    private long pieces;
    private @Nullable Position reached;

    /** @param progress is told the pieces of each chunk as it is committed */
    Haul(Extraction extraction, LongConsumer progress) {
        this.extraction = extraction;
        this.progress = progress;
    }

    static Haul of(Exchange exchange) {
        Haul haul = exchange.getProperty(PROPERTY, Haul.class);
        if (haul == null) {
            throw new IllegalStateException("this route was not started by Pulls");
        }
        return haul;
    }

    void travelWith(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    Extraction extraction() {
        return extraction;
    }

    void committed(Chunk chunk) {
        chunks++;
        pieces += chunk.read();
        if (chunk.after() != null) {
            reached = chunk.after();
        }
        progress.accept(chunk.read());
    }

    long chunks() {
        return chunks;
    }

    long pieces() {
        return pieces;
    }

    /** The position of the last committed chunk that had one: when it differs between attempts, there was progress. */
    @Nullable
    Position reached() {
        return reached;
    }
}
