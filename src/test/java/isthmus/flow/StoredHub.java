package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.contract.Contracts;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import isthmus.store.Backfills;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;

/** The whole way of a record in one process: real routes, the real normalizer, and a store on a real PostgreSQL. */
@NullUnmarked
public final class StoredHub implements AutoCloseable {
    private static final Runnable NOTHING = () -> {};
    private static final Backoff IMPATIENT = new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));

    public final Store store;
    final Catalog catalog;
    final Contracts contracts;
    public final DefaultCamelContext context = new DefaultCamelContext();
    private final Crossing crossing;
    private final AtomicReference<Runnable> afterChunk = new AtomicReference<>(NOTHING);
    private final Normalizer normalizer;
    final Pulls pulls;
    private final Pulls once;
    private final Runs runs;

    public StoredHub(Path routes, Map<String, String> environment, Store store) throws Exception {
        this(
                CatalogReader.read(
                        routes, Path.of("config"), name -> environment.getOrDefault(name, TestHub.NOWHERE.get(name))),
                store);
    }

    StoredHub(Catalog catalog, Store store) throws Exception {
        this.store = store;
        this.catalog = catalog;
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
        normalizer = Normalizer.compile(catalog, new Fingerprints(key), store.clock);
        Path work = Files.createTempDirectory("isthmus-test");
        crossing = new Crossing(
                context,
                catalog,
                store.positions(),
                store.arrivals(),
                work,
                BusFactory.newInstance().createBus(),
                store.clock);
        crossing.open(normalizer::normalize, chunk -> {
            store.chunks.commit(chunk);
            afterChunk.getAndSet(NOTHING).run();
        });
        context.start();
        contracts = new Contracts(catalog, store.source, store.clock, new DescribedSources(crossing::database));
        KeptContracts kept = new KeptContracts(contracts);
        pulls = crossing.pulls(IMPATIENT, store.clock, kept);
        once = crossing.pulls(new Backoff(0, Duration.ZERO, Duration.ZERO), store.clock, kept);
        runs = new Runs(store.source, store.clock);
    }

    /** One pull in a run of its own. */
    public Ended pull(String system, String pull) {
        return ended(pulls, system, pull);
    }

    /** One pull without a second try. */
    public Ended tryOnce(String system, String pull) {
        return ended(once, system, pull);
    }

    /** A backfill that stores as it is told. */
    Backfill backfill(Storing storing) {
        return new Backfill(
                catalog,
                normalizer::normalize,
                storing,
                new Backfills(store.source, store.clock),
                runs,
                new KeptContracts(contracts),
                BusFactory.newInstance().createBus(),
                store.clock,
                new Backoff(0, Duration.ZERO, Duration.ZERO));
    }

    private Ended ended(Pulls which, String system, String pull) {
        long run = runs.begin(system, "test");
        PullReport report = which.run(system, pull, run);
        Failure failure = report.failure();
        return new Ended(
                report.attempts(),
                report.pieces(),
                failure == null ? "" : failure.reason().code(),
                failure == null ? "" : failure.text(),
                runs.end(run));
    }

    /**
     * How a pull ended.
     *
     * @param reason the code of the failure, empty when the pull is whole
     */
    public record Ended(int attempts, long pieces, String reason, String text, RunBalance balance) {
        public boolean isWhole() {
            return reason.isEmpty() && balance.green();
        }
    }

    /** Something happens, once, when the next chunk is committed and the one after it not begun. */
    public void afterNextChunk(Runnable happening) {
        afterChunk.set(happening);
    }

    /** Connections into a legacy database that are in somebody's hands, and all that there are. */
    public List<Integer> connections(String system) {
        var pool = context.getRegistry()
                .lookupByNameAndType(system, com.zaxxer.hikari.HikariDataSource.class)
                .getHikariPoolMXBean();
        return List.of(pool.getActiveConnections(), pool.getTotalConnections());
    }

    @Override
    public void close() {
        context.stop();
        crossing.close();
    }
}
