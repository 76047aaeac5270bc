package isthmus.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a night over all systems at its hour, by the clock on the utility's wall. The hours are kept in the store: of several
 * hubs one runs each night, and a night that no hub was up for is run once when one is up again.
 */
public final class NightSchedule implements AutoCloseable {

    /** Seconds, minutes, hours, day, month, weekday: at 02:00. */
    public static final String AT_TWO = "0 0 2 * * *";

    /** The night's trigger; those that take up a night again have names of their own. */
    static final TriggerKey AT_ITS_HOUR = TriggerKey.triggerKey("at its hour", "night");

    private static final JobKey NIGHT = JobKey.jobKey("night", "night");

    private static final Logger LOG = LoggerFactory.getLogger(NightSchedule.class);
    private static final String NAME = "isthmus";

    /** A hub that was silent for twice as long is dead, and its night another's. */
    private static final Duration PULSE = Duration.ofMillis(7_500);

    private static final Duration LOOKS_AGAIN = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NightJob job;
    private final DataSource store;
    private final String cron;
    private final ZoneId zone;
    private final Duration settle;
    private final Clock clock;
    private @Nullable Scheduler scheduler;
    private boolean closed;

    /**
     * @param cron the value of {@code isthmus.reconcile.schedule}, six fields as {@link #AT_TWO}
     * @param zone the utility's
     * @param settle also goes by before the first night, since a hub that has just come up has first to bring ashore what came
     *     about without it
     * @throws IllegalArgumentException when {@code cron} is none
     */
    public NightSchedule(Night night, DataSource store, String cron, ZoneId zone, Duration settle, Clock clock) {
        this.job = new NightJob(night, settle, clock);
        this.store = store;
        this.cron = quartz(cron);
        this.zone = zone;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * What Quartz calls the hours that {@code cron} means.
     *
     * @throws IllegalArgumentException when it means none, or a weekday as well as a day of the month
     */
    public static String quartz(String cron) {
        return NightHour.quartz(cron);
    }

    /** Writes the hour down where it is another one than before, and begins to wait for the first night. */
    public synchronized void start() {
        try {
            Scheduler made = scheduler();
            scheduler = made;
            plan(made);
            bridge(made);
        } catch (SchedulerException fault) {
            throw new StoreFault("the hour of the night cannot be written down", fault);
        }
        CompletableFuture.delayedExecutor(settle.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::begin);
    }

    private synchronized void begin() {
        Scheduler made = scheduler;
        if (closed || made == null) {
            return;
        }
        try {
            made.start();
        } catch (SchedulerException fault) {
            LOG.error("no night will be run until the hub is started again", fault);
            return;
        }
        lookAgainLater();
    }

    /** The clock may be put right while the hub is up. */
    private void lookAgainLater() {
        CompletableFuture.delayedExecutor(LOOKS_AGAIN.toMinutes(), TimeUnit.MINUTES)
                .execute(this::lookAgain);
    }

    private synchronized void lookAgain() {
        Scheduler made = scheduler;
        if (closed || made == null) {
            return;
        }
        try {
            CronTrigger standing = standing(made);
            if (standing != null && isTooFar(standing.getNextFireTime())) {
                LOG.warn("the next night was planned for {}; the clock was put back since", standing.getNextFireTime());
                plan(made);
            }
            bridge(made);
        } catch (SchedulerException away) {
            LOG.warn("the hour of the night cannot be looked at: {}", away.getMessage());
        }
        lookAgainLater();
    }

    /** Waits a few seconds for the night that runs to come to a step's end; another hub takes it up in any case. */
    @Override
    public synchronized void close() {
        closed = true;
        Scheduler made = scheduler;
        if (made == null) {
            return;
        }
        try {
            made.standby();
            if (!job.end(PATIENCE)) {
                LOG.warn("the night is cut off within a step, which the next hub repeats");
            }
            made.shutdown(false);
        } catch (SchedulerException fault) {
            LOG.warn("the schedule of the night did not end in order", fault);
        }
    }

    private Scheduler scheduler() throws SchedulerException {
        String source = NAME + " " + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(source, new Connections(store));
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", NAME);
        settings.setProperty(
                "org.quartz.scheduler.instanceId", UUID.randomUUID().toString());
        settings.setProperty("org.quartz.scheduler.threadName", "night");
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        settings.setProperty("org.quartz.threadPool.threadCount", "1");
        settings.setProperty("org.quartz.threadPool.threadNamePrefix", "night");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        settings.setProperty("org.quartz.jobStore.dataSource", source);
        settings.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", Long.toString(PULSE.toMillis()));
        settings.setProperty("org.quartz.jobStore.makeThreadsDaemons", "true");
        // Two schedules in one process are two hubs, but this factory would give the first one out a second time.
        synchronized (NightSchedule.class) {
            SchedulerRepository.getInstance().remove(NAME);
            Scheduler made = new StdSchedulerFactory(settings).getScheduler();
            SchedulerRepository.getInstance().remove(NAME);
            made.setJobFactory((fired, whose) -> job);
            return made;
        }
    }

    /** A trigger that says the same is left as it is, since it knows which night was missed. */
    private void plan(Scheduler made) throws SchedulerException {
        JobDetail night = JobBuilder.newJob(NightJob.class)
                .withIdentity(NIGHT)
                .storeDurably()
                .requestRecovery()
                .build();
        CronTrigger standing = standing(made);
        if (standing != null && !isTooFar(standing.getNextFireTime())) {
            made.addJob(night, true);
            return;
        }
        Trigger hour = TriggerBuilder.newTrigger()
                .withIdentity(AT_ITS_HOUR)
                .forJob(night)
                .withSchedule(CronScheduleBuilder.cronSchedule(cron)
                        .inTimeZone(TimeZone.getTimeZone(zone))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
        made.scheduleJob(night, Set.of(hour), true);
    }

    /** Where the clocks are put forward over the coming hour, its night has a trigger of its own. */
    private void bridge(Scheduler made) throws SchedulerException {
        Instant instead = NightHour.leftOut(cron, zone, clock.instant()).orElse(null);
        TriggerKey key = TriggerKey.triggerKey("left out at " + instead, AT_ITS_HOUR.getGroup());
        if (instead == null || made.checkExists(key)) {
            return;
        }
        try {
            made.scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(NIGHT)
                    .startAt(Date.from(instead))
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                    .build());
        } catch (ObjectAlreadyExistsException other) {
            LOG.debug("another hub has planned the night of {}", instead);
        }
    }

    /** The trigger of the same hours; null when there is none. */
    private @Nullable CronTrigger standing(Scheduler made) throws SchedulerException {
        return made.getTrigger(AT_ITS_HOUR) instanceof CronTrigger standing
                        && standing.getCronExpression().equals(cron)
                        && standing.getTimeZone().toZoneId().equals(zone)
                ? standing
                : null;
    }

    /**
     * Whether the next night would come later than the one after the next hour, as when the clock was ahead and is put back. A
     * clock that was put back over the hour finds the next night one hour further, and is not to run it twice.
     */
    private boolean isTooFar(@Nullable Date next) {
        if (next == null) {
            return false;
        }
        Instant coming = NightHour.next(cron, zone, clock.instant());
        Instant after = coming == null ? null : NightHour.next(cron, zone, coming);
        return after != null && next.toInstant().isAfter(after);
    }

    /** The store's own pool, which others open and close. */
    private record Connections(DataSource store) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return store.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
