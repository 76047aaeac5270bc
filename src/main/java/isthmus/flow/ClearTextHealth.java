package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.security.OwnMachine;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says for as long as it lasts what goes over a network in clear text; the hub itself is none the worse for it. */
@Component("clearTextHealthIndicator")
class ClearTextHealth implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(ClearTextHealth.class);
    private static final Status INSECURE = new Status("INSECURE");
    private static final String PLAIN_FTP =
            "plain FTP: password and records go in clear text; ask its owner for ftps or sftp";
    private static final String PLAIN_HTTP = "http: records go in clear text; ask its owner for https";
    private static final String PLAIN_DATABASE =
            "the URL asks for no TLS that proves who the server is; docs/secrets.md has the words for each driver";
    private static final String PLAIN_KAFKA = "events go in clear text; set isthmus.feed.tls.trust";

    private final Editions editions;
    private final Environment environment;

    ClearTextHealth(Editions editions, Environment environment) {
        this.editions = editions;
        this.environment = environment;
        links().forEach((link, warning) -> LOG.warn("{}: {}", link, warning));
    }

    private Map<String, String> links() {
        Map<String, String> links = new TreeMap<>();
        for (LegacySystem system : editions.catalog().systems()) {
            String warning = warning(system);
            if (warning != null) {
                links.put(system.name(), warning);
            }
        }
        if (isClear(environment.getProperty(Setting.STORE_URL.key(), ""))) {
            links.put("store", PLAIN_DATABASE);
        }
        String broker = environment.getProperty(Setting.KAFKA.key(), "");
        boolean isClear = environment.getProperty(Setting.FEED_TRUST.key(), "").isBlank();
        if (isClear && !broker.isBlank() && !isHere("kafka://" + broker)) {
            links.put("kafka", PLAIN_KAFKA);
        }
        return links;
    }

    private static @Nullable String warning(LegacySystem system) {
        String url = system.connection().getOrDefault("url", "");
        return switch (system.transport()) {
            case "ftp" -> PLAIN_FTP;
            case "jdbc" -> isClear(url) ? PLAIN_DATABASE : null;
            case "soap" -> url.startsWith("http:") && !isHere(url) ? PLAIN_HTTP : null;
            default -> null;
        };
    }

    /** Of the drivers that are shipped; what others' words mean is not known here. */
    private static boolean isClear(String url) {
        boolean isKnown = url.matches("jdbc:(postgresql|mariadb):.*");
        return isKnown && !url.matches("(?i).*sslmode=verify-(full|ca).*") && !isHere(url.substring("jdbc:".length()));
    }

    /** Whether an address leads to this machine. */
    static boolean isHere(String address) {
        try {
            String host = URI.create(address.split("[?,]", 2)[0]).getHost();
            return host != null && OwnMachine.isAt(host);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    @Override
    public Health health() {
        Map<String, String> links = links();
        Health.Builder health = links.isEmpty() ? Health.up() : Health.status(INSECURE);
        links.forEach(health::withDetail);
        return health.build();
    }
}
