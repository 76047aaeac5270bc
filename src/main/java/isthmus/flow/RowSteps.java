package isthmus.flow;

import isthmus.source.Extraction;
import isthmus.source.JdbcChunks;
import isthmus.source.Positions;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bean {@code rows} of the routes over JDBC. */
public final class RowSteps {
    private final Positions positions;

    RowSteps(Positions positions) {
        this.positions = positions;
    }

    /** Sets the pull's query and binds its {@code :?from}. */
    public void ask(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        var last = positions.last(extraction.system().name(), extraction.pull().name());
        exchange.getMessage().setBody(extraction.pull().question());
        exchange.getMessage().setHeader("from", JdbcChunks.from(extraction, last));
    }

    /** Makes chunks of the streaming rows. */
    @SuppressWarnings("unchecked")
    public void chunks(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        var rows = (Iterator<Map<String, Object>>) exchange.getMessage().getBody(Iterator.class);
        var last = positions.last(extraction.system().name(), extraction.pull().name());
        exchange.getMessage().setBody(new JdbcChunks(extraction, rows, last));
    }
}
