package isthmus.flow;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.contract.Contracts;
import isthmus.store.Backfills;
import isthmus.store.RunBalance;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The whole way of a record in one process: real routes, the real normalizer, and a store on a real PostgreSQL. */
@NullUnmarked
public final class StoredHub implements AutoCloseable {
    private static final Runnable NOTHING = () -> {};
    private static final Backoff IMPATIENT = new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));

    public final Store store;
    final Contracts contracts;
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final Reload reload;
    final Reload impatient;
    final Editions editions;
    final Crossing crossing;
    private final AtomicReference<Runnable> afterChunk = new AtomicReference<>(NOTHING);
    final Pulls pulls;
    private final Pulls once;
    private final Runs runs;

    public StoredHub(Path routes, Map<String, String> environment, Store store) throws Exception {
        this(
                CatalogReader.read(
                        routes, Path.of("config"), name -> environment.getOrDefault(name, TestHub.NOWHERE.get(name))),
                routes,
                environment,
                store);
    }

    StoredHub(Catalog catalog, Path routes, Map<String, String> environment, Store store) throws Exception {
        this.store = store;
        editions = TestHub.editions(catalog);
        Path work = Files.createTempDirectory("isthmus-test");
        crossing = new Crossing(
                context,
                editions.current(),
                store.positions(),
                store.arrivals(),
                work,
                BusFactory.newInstance().createBus(),
                store.clock);
        crossing.open(editions::normalize, chunk -> {
            store.chunks.commit(chunk);
            afterChunk.getAndSet(NOTHING).run();
        });
        context.start();
        contracts =
                new Contracts(editions::catalog, store.source, store.clock, new DescribedSources(crossing::database));
        KeptContracts kept = new KeptContracts(contracts);
        pulls = crossing.pulls(IMPATIENT, store.clock, kept);
        once = crossing.pulls(TestHub.ONCE, store.clock, kept);
        runs = new Runs(store.source, store.clock);
        StandardEnvironment settings = new StandardEnvironment();
        settings.getPropertySources().addFirst(new MapPropertySource("nowhere", new HashMap<>(TestHub.NOWHERE)));
        settings.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(environment)));
        SecretSource.addTo(settings);
        var vetting = new Vetting(routes, Path.of("config"), settings, store.clock);
        Audit audit = new Audit(store.source, store.clock);
        reload = new Reload(editions, vetting, crossing, audit, Duration.ofSeconds(60), system -> {});
        impatient = new Reload(editions, vetting, crossing, audit, Duration.ofMillis(50), system -> {});
    }

    /** One pull in a run of its own. */
    public Ended pull(String system, String pull) {
        return ended(pulls, system, pull);
    }

    /** One pull without a second try. */
    public Ended tryOnce(String system, String pull) {
        return ended(once, system, pull);
    }

    /** One pull of a hub that believes it is this time. */
    public Ended pullBy(Clock clock, String system, String pull) {
        return ended(crossing.pulls(IMPATIENT, clock), system, pull);
    }

    /** A backfill that stores as it is told. */
    Backfill backfill(Storing storing) {
        return new Backfill(
                editions,
                storing,
                new Backfills(store.source, store.clock),
                runs,
                new Audit(store.source, store.clock),
                new KeptContracts(contracts),
                BusFactory.newInstance().createBus(),
                store.clock,
                TestHub.ONCE);
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

    /** When the next chunk is committed a reload is asked for, and the pull goes on once that waits for it. */
    CompletableFuture<Reload.Answer> reloadAfterNextChunk(String system) {
        CompletableFuture<Reload.Answer> answer = new CompletableFuture<>();
        afterNextChunk(() -> {
            answer.completeAsync(() -> reload.of(system, new By("ab12", "mended")));
            while (!isWanted(crossing.landing(system)) && !answer.isDone()) {
                Thread.onSpinWait();
            }
        });
        return answer;
    }

    private static boolean isWanted(Landing landing) {
        try {
            landing.mayGoOn();
            return false;
        } catch (Landing.BreakOff asked) {
            return true;
        }
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
