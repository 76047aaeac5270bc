package isthmus.store;

import isthmus.model.Reason;
import isthmus.security.seal.SealAway;
import isthmus.security.seal.Seals;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while a master key is not there: systems that name persons wait, since nothing is written in clear instead. */
@Component("sealHealthIndicator")
class SealHealth implements HealthIndicator {
    private final DataSource store;
    private final Seals seals;

    SealHealth(@Qualifier("health") DataSource store, Seals seals) {
        this.store = store;
        this.seals = seals;
    }

    @Override
    public Health health() {
        try (Connection connection = store.getConnection()) {
            return seals.sealer().isReady(connection)
                    ? Health.up().build()
                    : Health.up()
                            .withDetail("warning", "isthmus.seal.profile is none: persons are stored in clear")
                            .build();
        } catch (SealAway away) {
            return Health.down()
                    .withDetail("reason", Reason.SEAL_AWAY.code())
                    .withDetail("cause", String.valueOf(away.getMessage()))
                    .build();
        } catch (SQLException gone) {
            return Health.unknown()
                    .withDetail("cause", "the store cannot be asked")
                    .build();
        }
    }
}
