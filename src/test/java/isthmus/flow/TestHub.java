package isthmus.flow;

import static java.util.Map.entry;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Normalized;
import isthmus.security.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;

/** The flow of real routes into a {@link MemoryStore}. */
@NullUnmarked
final class TestHub implements AutoCloseable {
    /** Where no system is. */
    static final Map<String, String> NOWHERE = Map.ofEntries(
            entry("BILLING_URL", "jdbc:mariadb://127.0.0.1:1/x"),
            entry("BILLING_USER", "x"),
            entry("BILLING_PASSWORD", "x"),
            entry("METERING_HOST", "127.0.0.1"),
            entry("METERING_PORT", "1"),
            entry("METERING_USER", "x"),
            entry("METERING_PASSWORD", "x"),
            entry("METERING_HOST_KEY", "x"),
            entry("CRM_URL", "http://127.0.0.1:1/"),
            entry("CRM_USER", "x"),
            entry("CRM_PASSWORD", "x"));

    static final Backoff IMPATIENT = new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));
    static final Backoff ONCE = new Backoff(0, Duration.ZERO, Duration.ZERO);

    final MemoryStore store = new MemoryStore();
    final DefaultCamelContext context = new DefaultCamelContext();
    final Pulls pulls;
    final Catalog catalog;
    private final Crossing crossing;

    TestHub(Path routes, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(NOWHERE);
        all.putAll(environment);
        catalog = CatalogReader.read(routes, Path.of("config"), all::get);
        Path work = Files.createTempDirectory("isthmus-test");
        crossing = new Crossing(
                context,
                Edition.all(catalog),
                store,
                store,
                work,
                BusFactory.newInstance().createBus(),
                Clock.systemUTC());
        crossing.open(chunk -> new Normalized(chunk, Map.of(), Map.of()), store);
        context.start();
        pulls = crossing.pulls(IMPATIENT, Clock.systemUTC());
    }

    static TestHub of(Map<String, String> environment) throws Exception {
        return new TestHub(Path.of("routes"), environment);
    }

    /** The systems as editions, for what goes by those in force. */
    static Editions editions(Catalog catalog) {
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
        return new Editions(catalog, new Fingerprints(key), Clock.systemUTC());
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
