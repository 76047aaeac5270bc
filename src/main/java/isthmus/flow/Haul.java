package isthmus.flow;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Extraction;
import java.time.OffsetDateTime;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What one pull has brought ashore so far, over all its attempts; travels with the exchange, out of reach of headers. */
final class Haul {
    private static final String PROPERTY = "isthmus.haul";

    private final Landing landing;
    private final LongConsumer progress;
    private final Agreement agreement;
    private Extraction extraction;
    private long chunks;
    private long pieces;
    private long refused;
    private @Nullable Position reached;

    /** @param progress is told the pieces of each chunk as it is committed */
    Haul(Extraction extraction, Landing landing, LongConsumer progress, Agreement agreement) {
        this.extraction = extraction;
        this.landing = landing;
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

    /** The door of the pull's route. */
    String door() {
        return extraction.system().name() + "." + extraction.pull().name();
    }

    /** Takes the contract of another edition from here on; false when that does not know the pull any more. */
    boolean goesOnWith(Edition edition) {
        String pull = extraction.pull().name();
        if (edition.has(pull) && edition.system() != extraction.system()) {
            OffsetDateTime start = extraction
                    .start()
                    .atZoneSameInstant(edition.system().zone())
                    .toOffsetDateTime();
            extraction = new Extraction(edition.system(), edition.system().pull(pull), extraction.run(), start);
        }
        return edition.has(pull);
    }

    /** Throws, before a chunk is begun, when the routes are about to be exchanged. */
    void mayGoOn() {
        landing.mayGoOn();
    }

    /** Why the pull stops before this chunk, when too much of what it brings would be refused with it; else null. */
    @Nullable
    ContractBroken objection(Normalized normalized) {
        Pull.Rejects rejects = extraction.pull().rejects();
        long read = pieces + normalized.chunk().read();
        long of = refused + refusals(normalized);
        if (!rejects.isTooMuch(of, read)) {
            return null;
        }
        String most = rejects.most().movePointRight(2).stripTrailingZeros().toPlainString();
        return new ContractBroken(
                Reason.MASS_REJECT, of + " of " + read + " pieces are refused, at most " + most + "% may be");
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
