package isthmus.store;

import isthmus.model.Reason;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Down while the store does not answer or the last run of a system did not end green; names which and why. */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {
    private final JdbcClient jdbc;

    StoreHealth(@Qualifier("health") DataSource source) {
        this.jdbc = JdbcClient.create(source);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            jdbc.sql("select distinct on (system) system, run, state, coalesce(error, '') from run"
                            + " where state <> 'running' order by system, run desc")
                    .query(row -> {
                        String state = row.getString(3);
                        if (!state.equals("green")) {
                            String what = "run %d is %s: %s".formatted(row.getLong(2), state, row.getString(4));
                            health.down().withDetail(row.getString(1), what);
                        }
                    });
        } catch (DataAccessException away) {
            health.down()
                    .withDetail("reason", Reason.STORE_AWAY.code())
                    .withDetail(
                            "cause", String.valueOf(away.getMostSpecificCause().getMessage()));
        }
        return health.build();
    }
}
