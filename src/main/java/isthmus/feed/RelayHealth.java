package isthmus.feed;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the relay stands still; names the reason, the cause and since when. */
@Component("relayHealthIndicator")
class RelayHealth implements HealthIndicator {
    private final Relay relay;

    RelayHealth(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        Relay.Trouble trouble = relay.trouble().orElse(null);
        if (trouble != null) {
            return Health.down()
                    .withDetail("reason", trouble.reason().code())
                    .withDetail("cause", trouble.cause())
                    .withDetail("since", trouble.since().toString())
                    .build();
        }
        return relay.running() ? Health.up().build() : Health.unknown().build();
    }
}
