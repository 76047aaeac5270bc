package isthmus.flow;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Extraction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What one pull has brought ashore so far, over all its attempts; travels with the exchange, out of reach of headers. */
final class Haul {
    private static final String PROPERTY = "isthmus.haul";

    private final Extraction extraction;
    private final LongConsumer progress;
    private final Agreement agreement;
    private long chunks;
    private long pieces;
    private long refused;
    private @Nullable Position reached;

    /** @param progress is told the pieces of each chunk as it is committed */
    Haul(Extraction extraction, LongConsumer progress, Agreement agreement) {
        this.extraction = extraction;
        this.progress = progress;
        this.agreement = agreement;
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

    Agreement agreement() {
        return agreement;
    }

    /** Throws, before a chunk is stored, when too much of what this pull brings would be refused with it. */
    void admit(Normalized normalized) {
        Pull.Rejects rejects = extraction.pull().rejects();
        long read = pieces + normalized.chunk().read();
        long of = refused + refusals(normalized);
        if (rejects != null && rejects.isTooMuch(of, read)) {
            throw new ContractBroken(
                    Reason.MASS_REJECT,
                    of + " of " + read + " pieces are refused, at most "
                            + rejects.most()
                                    .movePointRight(2)
                                    .stripTrailingZeros()
                                    .toPlainString() + "% may be");
        }
    }

    private static long refusals(Normalized normalized) {
        return IntStream.range(0, normalized.chunk().read())
                .filter(at -> normalized.outcomes().values().stream()
                        .anyMatch(outcomes -> outcomes.get(at) instanceof Outcome.Rejected))
                .count();
    }

    void committed(Normalized normalized) {
        Chunk chunk = normalized.chunk();
        chunks++;
        refused += refusals(normalized);
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
