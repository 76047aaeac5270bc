package isthmus.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * A night that the schedule runs, told in the log; Quartz keeps two of them apart, whichever hubs they run in. At its hour a
 * night begins anew; one that a hub has left unfinished, in order or not, another hub takes up.
 */
@DisallowConcurrentExecution
final class NightJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(NightSchedule.class);

    /** Triggers of nights that a hub which ended in order has left to the next one. */
    private static final String LEFT = "left";

    /** Triggers of nights that met another one at their hour. */
    private static final String HELD = "held";

    private static final Night.Listener ALOUD = new Night.Listener() {
        @Override
        public void takenUp(long night, OffsetDateTime asOf, int done, int of) {
            LOG.warn("night {} as of {} is taken up again: {} of {} steps are done", night, asOf, done, of);
        }
    };

    private static final Duration AGAIN_IN = Duration.ofMinutes(1);

    private final Night night;
    private final Duration settle;
    private final Clock clock;
    private final Semaphore idle = new Semaphore(1);

    NightJob(Night night, Duration settle, Clock clock) {
        this.night = night;
        this.settle = settle;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext fired) {
        idle.acquireUninterruptibly();
        try {
            run(fired);
        } catch (NightIsRunning other) {
            LOG.warn("{}; asked again in {}", other.getMessage(), AGAIN_IN);
            // A night of somebody else's ends; and of one that is left the store may not know yet that its hub is dead.
            leave(fired, isLeft(fired) ? LEFT : HELD, clock.instant().plus(AGAIN_IN));
        } catch (NightStopped stopped) {
            LOG.warn("{}; the next hub takes it up", stopped.getMessage());
            leave(fired, LEFT, clock.instant());
        } catch (DataAccessException fault) {
            LOG.error("STORE-AWAY: the night was not run", fault);
        } finally {
            idle.release();
        }
    }

    private void run(JobExecutionContext fired) {
        NightOptions options = new NightOptions(Instant.now(clock), settle, Set.of(), false);
        if (isLeft(fired)) {
            night.takeUp(options, ALOUD)
                    .ifPresentOrElse(NightJob::tell, () -> LOG.info("no night is left to be taken up"));
        } else {
            tell(night.anew(options, Night.Listener.NONE));
        }
    }

    private static boolean isLeft(JobExecutionContext fired) {
        return fired.isRecovering() || fired.getTrigger().getKey().getGroup().equals(LEFT);
    }

    /** By a trigger of its own, so that the hub which is up next runs it, and not only when this one counts as dead. */
    private static void leave(JobExecutionContext fired, String group, Instant due) {
        try {
            fired.getScheduler()
                    .scheduleJob(TriggerBuilder.newTrigger()
                            .withIdentity(fired.getFireInstanceId(), group)
                            .forJob(fired.getJobDetail())
                            .startAt(Date.from(due))
                            .withSchedule(
                                    SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                            .build());
        } catch (SchedulerException late) {
            LOG.info("the schedule has ended first; the next hub finds the night by itself");
        }
    }

    /** Ends the night that runs here; false when that would take longer. */
    boolean end(Duration within) {
        night.stop();
        try {
            return idle.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
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
