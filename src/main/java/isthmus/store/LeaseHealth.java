package isthmus.store;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says which hub holds what, this one or another for which it stands by; never down, for standing by is no fault. */
@Component("leaseHealthIndicator")
class LeaseHealth implements HealthIndicator {
    private final Leases leases;
    private final JdbcClient jdbc;

    LeaseHealth(Leases leases, @Qualifier("health") DataSource source) {
        this.leases = leases;
        this.jdbc = JdbcClient.create(source);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            for (Leases.Standing standing : Leases.all(jdbc)) {
                health.withDetail(standing.name(), text(standing));
            }
        } catch (DataAccessException away) {
            return Health.unknown().build();
        }
        return health.build();
    }

    private String text(Leases.Standing standing) {
        if (standing.free()) {
            return "free; last held by " + standing.holder();
        }
        return (leases.isOurs(standing) ? "held by this hub, " : "standing by for ") + standing.holder() + ", since "
                + standing.since();
    }
}
