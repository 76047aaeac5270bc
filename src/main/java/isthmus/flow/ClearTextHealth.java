package isthmus.flow;

import isthmus.catalog.LegacySystem;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Says for as long as it lasts which systems are read over plain FTP; the hub itself is none the worse for it. */
@Component("clearTextHealthIndicator")
class ClearTextHealth implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(ClearTextHealth.class);
    private static final Status INSECURE = new Status("INSECURE");
    private static final String WARNING =
            "plain FTP: password and records go in clear text; ask its owner for ftps or sftp";

    private final Editions editions;

    ClearTextHealth(Editions editions) {
        this.editions = editions;
        systems().forEach(system -> LOG.warn("{}: {}", system, WARNING));
    }

    private List<String> systems() {
        return editions.catalog().systems().stream()
                .filter(system -> system.transport().equals("ftp"))
                .map(LegacySystem::name)
                .toList();
    }

    @Override
    public Health health() {
        List<String> systems = systems();
        Health.Builder health = systems.isEmpty() ? Health.up() : Health.status(INSECURE);
        systems.forEach(system -> health.withDetail(system, WARNING));
        return health.build();
    }
}
