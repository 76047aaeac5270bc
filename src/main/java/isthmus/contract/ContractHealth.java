package isthmus.contract;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says which source objects are not what they were; never down, for the other pulls go on. */
@Component("contractHealthIndicator")
class ContractHealth implements HealthIndicator {
    private final Contracts contracts;

    ContractHealth(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public Health health() {
        try {
            return Health.up().withDetails(contracts.told()).build();
        } catch (DataAccessException away) {
            return Health.unknown().build();
        }
    }
}
