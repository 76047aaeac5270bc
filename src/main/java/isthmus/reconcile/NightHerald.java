package isthmus.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Tells the world of every night that has ended, at least once on every channel: whom it could not tell, it tells later, and no
 * night waits for that. A channel that is new begins with the last night.
 */
public final class NightHerald implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NightHerald.class);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int LONGEST_ERROR = 300;

    private static final String ENROL = """
            insert into night_notice (night, channel, state, next_try)
            select id, :channel, 'waiting', :now from reconcile_run r
            where hash is not null
            and id >= coalesce((select min(night) from night_notice where channel = :channel),
                               (select max(id) from reconcile_run where hash is not null))
            and not exists (select from night_notice n where n.channel = :channel and n.night = r.id)
            on conflict do nothing
            """;
    private static final String DUE = """
            select night, attempts from night_notice
            where channel = :channel and state = 'waiting' and next_try <= :now order by night limit 50
            """;
    private static final String TOLD = """
            update night_notice set state = 'told', attempts = attempts + 1, last_error = null, told_at = :now
            where channel = :channel and night = :night
            """;
    private static final String FAILED = """
            update night_notice set state = :state, attempts = attempts + 1, last_error = :error, next_try = :next
            where channel = :channel and night = :night
            """;

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final Supplier<String> org;
    private final Nights nights;
    private final JdbcClient sql;
    private final List<NightChannel> channels;
    private final BooleanSupplier turn;
    private final Clock clock;

    /**
     * @param org the utility's name in every id
     * @param turn whether it is this hub that tells
     */
    public NightHerald(
            Supplier<String> org,
            Nights nights,
            DataSource store,
            List<NightChannel> channels,
            BooleanSupplier turn,
            MeterRegistry meters,
            Clock clock) {
        this.org = org;
        this.nights = nights;
        this.sql = JdbcClient.create(store);
        this.channels = List.copyOf(channels);
        this.turn = turn;
        this.clock = clock;
        channels.forEach(channel -> Gauge.builder("isthmus.reconcile.untold", channel, this::untold)
                .tag("channel", channel.name())
                .description("nights that the channel has not taken, given up or not")
                .register(meters));
    }

    private record Due(long night, int attempts) {}

    /** Begins to look for nights that have ended. */
    public void start() {
        scheduler.setThreadNamePrefix("herald-");
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
            if (turn.getAsBoolean()) {
                round();
            }
        } catch (DataAccessException away) {
            LOG.warn("STORE-AWAY: nobody is told of a night until it is back ({})", away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("a bug in the herald", bug);
        }
    }

    /** On every channel one night after the other, until one cannot be told: the next would not fare better. */
    void round() throws InterruptedException {
        for (NightChannel channel : channels) {
            sql.sql(ENROL).param("channel", channel.name()).param("now", now()).update();
            List<Due> due = sql.sql(DUE)
                    .param("channel", channel.name())
                    .param("now", now())
                    .query((row, n) -> new Due(row.getLong(1), row.getInt(2)))
                    .list();
            for (Due one : due) {
                if (!tell(channel, one)) {
                    break;
                }
            }
        }
    }

    private boolean tell(NightChannel channel, Due due) throws InterruptedException {
        try {
            Nights.Kept night = nights.find(due.night()).orElseThrow();
            channel.door().tell(Long.toString(due.night()), NightEvent.write(org.get(), night));
        } catch (DataAccessException away) {
            throw away;
        } catch (IOException fault) {
            failed(channel, due, String.valueOf(fault.getMessage()));
            return false;
        } catch (RuntimeException bug) {
            // Of one channel or of one night, and no reason to be silent on the others; its text may quote anything.
            LOG.error("a bug on the way of night {} to {}", due.night(), channel.name(), bug);
            failed(channel, due, bug.getClass().getSimpleName());
            return false;
        }
        sql.sql(TOLD)
                .param("now", now())
                .param("channel", channel.name())
                .param("night", due.night())
                .update();
        return true;
    }

    private void failed(NightChannel channel, Due due, String error) {
        int attempts = due.attempts() + 1;
        boolean isOver = attempts >= channel.attempts();
        Duration pause = pause(attempts);
        if (isOver) {
            LOG.error(
                    "night {} was not told on {}, and is given up after {} attempts: {}",
                    due.night(),
                    channel.name(),
                    attempts,
                    error);
        } else {
            LOG.warn("night {} was not told on {}, again in {}: {}", due.night(), channel.name(), pause, error);
        }
        sql.sql(FAILED)
                .param("state", isOver ? "given-up" : "waiting")
                .param("error", error.substring(0, Math.min(LONGEST_ERROR, error.length())))
                .param("next", Timestamp.from(clock.instant().plus(pause)))
                .param("channel", channel.name())
                .param("night", due.night())
                .update();
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private long untold(NightChannel channel) {
        return sql.sql("select count(*) from night_notice where channel = ? and state <> 'told'")
                .param(channel.name())
                .query(Long.class)
                .single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
