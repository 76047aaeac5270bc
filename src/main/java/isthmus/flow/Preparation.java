package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Reads and checks everything that people configured before anything is opened: settings, routes, mappings and keys. Throws
 * {@link ConfigurationFault} with all faults together; nothing has been started then.
 */
public final class Preparation implements ApplicationContextInitializer<GenericApplicationContext> {
    private static final String SETTINGS = "environment";
    private static final Map<String, String> REQUIRED = Map.of(
            "isthmus.store.url", "the JDBC URL of the store, jdbc:postgresql://…",
            "isthmus.store.user", "the store's user",
            "isthmus.kafka", "host:port of the broker",
            "isthmus.hmac.key", "32 random bytes in base64: the key of the fingerprints",
            "isthmus.routes", "the folder of the systems",
            "isthmus.config", "the folder of the settings");

    @Override
    public void initialize(GenericApplicationContext context) {
        Environment environment = context.getEnvironment();
        List<String> faults = new ArrayList<>(settings(environment));
        String key = environment.getProperty("isthmus.hmac.key");
        @Nullable
        Fingerprints fingerprints =
                key == null ? null : gather(faults, () -> new Fingerprints(key), SETTINGS + ": ISTHMUS_HMAC_KEY: ");
        Path routes = Path.of(environment.getProperty("isthmus.routes", "routes"));
        Path config = Path.of(environment.getProperty("isthmus.config", "config"));
        @Nullable
        Catalog catalog = gather(faults, () -> CatalogReader.read(routes, config, environment::getProperty), "");
        if (catalog != null && fingerprints != null) {
            @Nullable
            Normalizer normalizer =
                    gather(faults, () -> Normalizer.compile(catalog, fingerprints, Clock.systemUTC()), "");
            if (normalizer != null) {
                context.registerBean(Normalizer.class, () -> normalizer);
            }
            context.registerBean(Catalog.class, () -> catalog);
            context.registerBean(Fingerprints.class, () -> fingerprints);
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(faults);
        }
    }

    private static List<String> settings(Environment environment) {
        Problems problems = new Problems();
        REQUIRED.keySet().stream().sorted().forEach(name -> {
            if (environment.getProperty(name) == null) {
                String variable = name.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
                problems.add(SETTINGS, 0, "missing " + variable, String.valueOf(REQUIRED.get(name)));
            }
        });
        String lease = environment.getProperty("isthmus.lease", "PT15S");
        if (!isTerm(lease)) {
            problems.add(
                    "config/application.yaml",
                    0,
                    "isthmus.lease is no time of a second or more: " + lease,
                    "say it as ISO 8601 does, PT15S");
        }
        String zone = environment.getProperty("isthmus.zone", "");
        try {
            ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            problems.add(
                    "config/application.yaml",
                    0,
                    "isthmus.zone is no zone: " + zone,
                    "name it as IANA does, Asia/Shanghai");
        }
        return problems.all();
    }

    private static boolean isTerm(String lease) {
        try {
            return Duration.parse(lease).toMillis() >= 1_000;
        } catch (DateTimeException | ArithmeticException unknown) {
            return false;
        }
    }

    private static <T> @Nullable T gather(List<String> faults, Supplier<T> reading, String prefix) {
        try {
            return reading.get();
        } catch (ConfigurationFault fault) {
            faults.addAll(fault.faults());
        } catch (IllegalArgumentException fault) {
            faults.add(prefix + fault.getMessage());
        }
        return null;
    }
}
