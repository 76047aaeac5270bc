package isthmus.flow;

import isthmus.source.Extraction;
import isthmus.source.PageWalk;
import isthmus.source.Positions;
import isthmus.source.SourceAway;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** The bean {@code pages} of the routes over SOAP. */
public final class PageSteps {
    private static final String WALK = "isthmus.walk";
    private static final String FIRST = "isthmus.first";
    private static final String MORE = "more";

    private final Positions positions;

    PageSteps(Positions positions) {
        this.positions = positions;
    }

    /** Begins a walk at the committed position. */
    public void begin(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        var last = positions.last(extraction.system().name(), extraction.pull().name());
        exchange.setProperty(FIRST, true);
        exchange.setProperty(WALK, new PageWalk(extraction, last));
        exchange.setProperty(MORE, true);
    }

    /** Sets the request for the next page. */
    public void ask(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(walk(exchange).request());
        exchange.getMessage()
                .setHeader("operationName", extraction.pull().settings().get("operation"));
        exchange.getMessage()
                .setHeader(
                        "operationNamespace", extraction.system().connection().get("namespace"));
    }

    /** Makes a chunk of the answer and says, in the property {@code more}, whether there is another page. */
    public void chunk(Exchange exchange) {
        byte[] answer = exchange.getMessage().getBody(byte[].class);
        if (answer == null) {
            throw new SourceAway("an answer without a body", null);
        }
        PageWalk walk = walk(exchange);
        exchange.getMessage().setBody(walk.read(answer));
        if (Boolean.TRUE.equals(exchange.removeProperty(FIRST))) {
            note(Haul.of(exchange), walk);
        }
        exchange.setProperty(MORE, walk.hasNext());
    }

    private static void note(Haul haul, PageWalk walk) {
        List<String> names = new ArrayList<>(haul.extraction().pull().layout().columns());
        names.addAll(walk.others());
        haul.agreement().note(haul.extraction(), names);
    }

    private static PageWalk walk(Exchange exchange) {
        return exchange.getProperty(WALK, PageWalk.class);
    }
}
