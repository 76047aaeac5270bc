package isthmus.flow;

import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Extraction;
import isthmus.source.JdbcChunks;
import isthmus.source.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bean {@code rows} of the routes over JDBC. */
public final class RowSteps {
    private final Positions positions;

    RowSteps(Positions positions) {
        this.positions = positions;
    }

    /** Sets the query of {@code <pull>.sql} and binds its {@code :?from}. */
    public void ask(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        Path query = extraction.system().folder().resolve(extraction.pull().name() + ".sql");
        var last = positions.last(extraction.system().name(), extraction.pull().name());
        try {
            exchange.getMessage().setBody(Files.readString(query));
            exchange.getMessage().setHeader("from", JdbcChunks.from(extraction, last));
        } catch (IOException fault) {
            throw new ContractBroken(Reason.CONFIG, "cannot read " + query.getFileName());
        }
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
