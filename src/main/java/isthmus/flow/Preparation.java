package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.LegacySystem;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.security.Fingerprints;
import isthmus.security.seal.MasterKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    @Override
    public void initialize(GenericApplicationContext context) {
        SecretSource.addTo(context.getEnvironment());
        Environment environment = context.getEnvironment();
        Path routes = Path.of(environment.getProperty("isthmus.routes", "routes"));
        Path config = Path.of(environment.getProperty("isthmus.config", "config"));
        List<String> faults = new ArrayList<>(new SettingsCheck(environment).faults(config));
        String key = hmacKey(environment);
        @Nullable
        Fingerprints fingerprints =
                key == null ? null : gather(faults, () -> new Fingerprints(key), SETTINGS + ": ISTHMUS_HMAC_KEY: ");
        @Nullable
        Catalog catalog = gather(faults, () -> CatalogReader.read(routes, config, SecretSource.in(environment)), "");
        if (catalog != null && fingerprints != null) {
            @Nullable
            Editions editions = gather(faults, () -> new Editions(catalog, fingerprints, Clock.systemUTC()), "");
            if (editions != null) {
                context.registerBean(Editions.class, () -> editions);
            }
            context.registerBean(Fingerprints.class, () -> fingerprints);
        }
        @Nullable
        MasterKeys masters = gather(faults, () -> Sealing.masters(environment), SETTINGS + ": isthmus.seal.key: ");
        if (catalog != null) {
            List<LegacySystem> systems = catalog.systems();
            Set<String> names = systems.stream().map(LegacySystem::name).collect(Collectors.toSet());
            @Nullable Rules rules = gather(faults, () -> Rules.read(config, names), "");
            if (rules != null) {
                context.registerBean(Rules.class, () -> rules);
            }
            @Nullable IdentityRules identity = gather(faults, () -> IdentityRules.read(config, systems), "");
            if (identity != null) {
                context.registerBean(IdentityRules.class, () -> identity);
                if (masters != null && fingerprints != null) {
                    Sealing.register(context, masters, Objects.requireNonNull(key), identity);
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(faults);
        }
    }

    /** Null where it is missing, which the settings' own check tells. */
    private static @Nullable String hmacKey(Environment environment) {
        try {
            return environment.getProperty("isthmus.hmac.key");
        } catch (IllegalArgumentException missing) {
            return null;
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
