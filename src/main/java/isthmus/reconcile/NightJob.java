package isthmus.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A night that the schedule has run, told in the log; Quartz keeps two of them apart, whichever hubs they run in. */
@DisallowConcurrentExecution
final class NightJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(NightSchedule.class);

    private final Night night;
    private final Duration settle;
    private final Clock clock;

    NightJob(Night night, Duration settle, Clock clock) {
        this.night = night;
        this.settle = settle;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext fired) {
        try {
            tell(night.run(new NightOptions(Instant.now(clock), settle, Set.of(), false)));
        } catch (NightIsRunning other) {
            LOG.warn(other.getMessage());
        } catch (DataAccessException fault) {
            LOG.error("STORE-AWAY: the night was not run", fault);
        }
    }

    private static void tell(NightReport report) {
        switch (report.verdict()) {
            case GREEN -> LOG.info("night {} is GREEN", report.id());
            case AMBER -> LOG.warn("night {} is AMBER: {}", report.id(), String.join("; ", report.reasons()));
            case RED -> LOG.error("night {} is RED\n{}", report.id(), report.table());
        }
    }
}
