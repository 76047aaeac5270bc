package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Normalized;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;

/** The flow of real routes into a {@link MemoryStore}. */
@NullUnmarked
final class TestHub implements AutoCloseable {
    static final Backoff IMPATIENT = new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));

    final MemoryStore store = new MemoryStore();
    final DefaultCamelContext context = new DefaultCamelContext();
    final Pulls pulls;
    final Catalog catalog;
    private final Crossing crossing;

    TestHub(Path routes, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "BILLING_URL", "jdbc:mariadb://127.0.0.1:1/x",
                "BILLING_USER", "x",
                "BILLING_PASSWORD", "x",
                "METERING_HOST", "127.0.0.1",
                "METERING_PORT", "1",
                "METERING_USER", "x",
                "METERING_PASSWORD", "x",
                "METERING_HOST_KEY", "x",
                "CRM_URL", "http://127.0.0.1:1/",
                "CRM_USER", "x"));
        all.put("CRM_PASSWORD", "x");
        all.putAll(environment);
        catalog = CatalogReader.read(routes, Path.of("config"), all::get);
        Path work = Files.createTempDirectory("isthmus-test");
        crossing = new Crossing(
                context, catalog, store, store, work, BusFactory.newInstance().createBus(), Clock.systemUTC());
        crossing.open(chunk -> new Normalized(chunk, Map.of(), Map.of()), store);
        context.start();
        pulls = crossing.pulls(IMPATIENT, Clock.systemUTC());
    }

    static TestHub of(Map<String, String> environment) throws Exception {
        return new TestHub(Path.of("routes"), environment);
    }

    /** Runs the pulls with a patience of its own. */
    Pulls pulls(Backoff backoff) {
        return crossing.pulls(backoff, Clock.systemUTC());
    }

    @Override
    public void close() {
        context.stop();
        crossing.close();
    }
}
