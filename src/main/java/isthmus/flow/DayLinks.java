package isthmus.flow;

import isthmus.identity.DayLinking;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Has the customers that have changed matched within seconds, as long as the hub stays. */
final class DayLinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayLinks.class);
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final DayLinking linking;

    DayLinks(DayLinking linking) {
        this.linking = linking;
    }

    void start() {
        scheduler.setThreadNamePrefix("links-");
        scheduler.setDaemon(true);
        scheduler.initialize();
        scheduler.scheduleWithFixedDelay(this::once, ROUND);
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }

    /** A scheduled task that throws is never run again, so whatever is thrown ends here, told. */
    private void once() {
        try {
            int matched = linking.catchUp();
            if (matched > 0) {
                LOG.info("{} changed customers and accounts matched", matched);
            }
        } catch (DataAccessException away) {
            LOG.warn("STORE-AWAY: customers are matched when it is back");
        } catch (RuntimeException bug) {
            LOG.error("a bug where changed customers are matched", bug);
        }
    }
}
