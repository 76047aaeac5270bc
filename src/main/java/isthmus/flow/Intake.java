package isthmus.flow;

import isthmus.feed.FeedFull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.security.seal.SealAway;
import isthmus.source.ContractBroken;
import isthmus.store.Leases;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The one way in: every route of routes/ ends here, with a chunk or an iterator of chunks. */
final class Intake extends RouteBuilder {
    private final Normalizing normalizing;
    private final Storing storing;

    Intake(Normalizing normalizing, Storing storing) {
        this.normalizing = normalizing;
        this.storing = storing;
    }

    @Override
    public void configure() {
        // The error policy is the pull's as a whole (Pulls): half a stream cannot be delivered again.
        errorHandler(noErrorHandler());
        from("direct:intake")
                .routeId("intake")
                .split(body())
                .streaming()
                .stopOnException()
                .process(this::normalize)
                .process(this::store);
    }

    private void normalize(Exchange exchange) {
        Haul.of(exchange).mayGoOn();
        Chunk chunk = exchange.getMessage().getBody(Chunk.class);
        exchange.getMessage().setBody(normalizing.normalize(chunk));
    }

    private void store(Exchange exchange) {
        Normalized normalized = exchange.getMessage().getBody(Normalized.class);
        Haul haul = Haul.of(exchange);
        ContractBroken objection = haul.objection(normalized);
        if (objection != null) {
            Evidence.of(normalized).forEach(this::commit);
            throw objection;
        }
        commit(normalized);
        haul.committed(normalized);
    }

    private void commit(Normalized normalized) {
        try {
            storing.commit(normalized);
        } catch (Leases.Fenced | FeedFull | Enough | SealAway notNow) {
            throw notNow;
        } catch (RuntimeException fault) {
            throw new StoreAway(fault);
        }
    }

    /** The store refused a chunk; kept apart from faults of the legacy system. */
    static final class StoreAway extends RuntimeException {
        StoreAway(RuntimeException cause) {
            super(cause);
        }
    }
}
