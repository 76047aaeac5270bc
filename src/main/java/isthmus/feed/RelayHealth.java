package isthmus.feed;

import isthmus.model.Reason;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Down while the relay stands still; names the reason, the cause and since when. */
@Component("relayHealthIndicator")
class RelayHealth implements HealthIndicator {
    private final Relay relay;
    private final Backlog backlog;

    RelayHealth(Relay relay, Backlog backlog) {
        this.relay = relay;
        this.backlog = backlog;
    }

    @Override
    public Health health() {
        Relay.Trouble trouble = relay.trouble().orElse(null);
        if (trouble != null) {
            Health.Builder down = Health.down()
                    .withDetail("reason", trouble.reason().code())
                    .withDetail("cause", trouble.cause())
                    .withDetail("since", trouble.since().toString());
            return trouble.reason() == Reason.STORE_AWAY
                    ? down.build()
                    : waiting(down).build();
        }
        if (!relay.running()) {
            return Health.unknown().build();
        }
        return relay.standingBy()
                ? Health.up()
                        .withDetail("state", "standing by, another hub tells the feed")
                        .build()
                : waiting(Health.up()).build();
    }

    private Health.Builder waiting(Health.Builder health) {
        try {
            return backlog.isFull()
                    ? health.down().withDetail(Reason.FEED_FULL.code(), backlog.sentence())
                    : health.withDetail("waiting", backlog.waiting());
        } catch (DataAccessException away) {
            return health.down().withDetail("reason", Reason.STORE_AWAY.code());
        }
    }
}
