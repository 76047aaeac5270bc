package isthmus.flow;

import isthmus.model.Chunk;
import isthmus.source.Arrivals;
import isthmus.source.Extraction;
import isthmus.source.FileArrival;
import isthmus.source.Folder;
import isthmus.source.Inbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The bean {@code files} of the routes over files. */
public final class FileSteps {
    private static final String CURRENT = "isthmus.file";

    private final Map<String, Function<Path, Folder>> folders = new ConcurrentHashMap<>();
    private final Arrivals arrivals;
    private final Path work;
    private final Clock clock;

    FileSteps(Arrivals arrivals, Path work, Clock clock) {
        this.arrivals = arrivals;
        this.work = work;
        this.clock = clock;
    }

    /** Says how to open a system's folder; the function is given the local folder that files are fetched into. */
    void connect(String system, Function<Path, Folder> opener) {
        folders.put(system, opener);
    }

    void disconnect(String system) {
        folders.remove(system);
    }

    /** Opens a system's folder; the caller closes it. */
    Folder open(String system, Path into) {
        return java.util.Objects.requireNonNull(folders.get(system), system).apply(into);
    }

    /** Lists the files that have arrived; the connection stays open until the exchange is done. */
    public void arrived(Exchange exchange) {
        Extraction extraction = Haul.of(exchange).extraction();
        String system = extraction.system().name();
        Path own = work.resolve(system + "." + extraction.pull().name());
        Folder folder = open(system, own);
        Inbox inbox = new Inbox(extraction, folder, arrivals, own, clock);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                inbox.close();
            }
        });
        exchange.getMessage().setBody(inbox.arrived());
    }

    /** Fetches and checks one file and makes chunks of it. */
    public void chunks(Exchange exchange) {
        FileArrival arrival = exchange.getMessage().getBody(FileArrival.class);
        exchange.setProperty(CURRENT, arrival);
        Iterator<Chunk> chunks = arrival.chunks();
        if (!arrival.header().isEmpty()) {
            Haul haul = Haul.of(exchange);
            haul.agreement().check(haul.extraction(), arrival.header());
        }
        exchange.getMessage().setBody(chunks);
    }

    /** Puts the file away, now that all its chunks are committed. */
    public void archive(Exchange exchange) {
        exchange.getProperty(CURRENT, FileArrival.class).archive();
    }
}
