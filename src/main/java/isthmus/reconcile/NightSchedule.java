package isthmus.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

/** Runs a night over all systems at its hour, by the clock on the utility's wall, as long as it is not closed. */
public final class NightSchedule implements AutoCloseable {

    /** Seconds, minutes, hours, day, month, weekday: at 02:00. */
    public static final String AT_TWO = "0 0 2 * * *";

    private static final Logger LOG = LoggerFactory.getLogger(NightSchedule.class);

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

    private final Night night;
    private final BooleanSupplier turn;
    private final CronTrigger trigger;
    private final Duration settle;
    private final Clock clock;

    /**
     * @param turn whether it is this hub that keeps the hour
     * @param cron the value of {@code isthmus.reconcile.schedule}, six fields as {@link #AT_TWO}
     * @param zone the utility's
     * @throws IllegalArgumentException when {@code cron} is none
     */
    public NightSchedule(Night night, BooleanSupplier turn, String cron, ZoneId zone, Duration settle, Clock clock) {
        this.night = night;
        this.turn = turn;
        this.trigger = new CronTrigger(cron, zone);
        this.settle = settle;
        this.clock = clock;
    }

    /** Begins to wait for the first night. */
    public void start() {
        scheduler.setThreadNamePrefix("night-");
        scheduler.setDaemon(true);
        scheduler.setClock(clock);
        scheduler.initialize();
        scheduler.schedule(this::once, trigger);
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }

    private void once() {
        try {
            if (!turn.getAsBoolean()) {
                LOG.info("the night is another hub's");
                return;
            }
            NightReport report = night.run(new NightOptions(Instant.now(clock), settle, Set.of(), false));
            switch (report.verdict()) {
                case GREEN -> LOG.info("night {} is GREEN", report.id());
                case AMBER -> LOG.warn("night {} is AMBER: {}", report.id(), String.join("; ", report.reasons()));
                case RED -> LOG.error("night {} is RED\n{}", report.id(), report.table());
            }
        } catch (NightIsRunning other) {
            LOG.warn(other.getMessage());
        } catch (DataAccessException fault) {
            LOG.error("STORE-AWAY: the night was not run", fault);
        }
    }
}
