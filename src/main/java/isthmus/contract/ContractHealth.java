package isthmus.contract;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says which source objects are not what they were; never down, for the other pulls go on. */
@Component("contractHealthIndicator")
class ContractHealth implements HealthIndicator {
    private final Ledger ledger;

    ContractHealth(@Qualifier("health") DataSource store, Clock clock) {
        this.ledger = new Ledger(store, clock);
    }

    @Override
    public Health health() {
        try {
            return Health.up().withDetails(ledger.told()).build();
        } catch (DataAccessException away) {
            return Health.unknown().build();
        }
    }
}
