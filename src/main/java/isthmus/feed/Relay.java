package isthmus.feed;

import isthmus.feed.Graves.Grave;
import isthmus.model.Reason;
import isthmus.store.ChangeLog;
import isthmus.store.ChangeLog.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells the change log to Kafka: in order, at least once, a resend byte for byte the same. The position moves only over
 * chunks that Kafka has committed, so a crash costs a resend and never a gap; of several hubs one tells, the others stand by.
 */
public final class Relay {
    static final String READER = "kafka";

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int CHUNKS_A_TRANSACTION = 4;
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration STANDING_BY = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Why the relay stands still, and since when. */
    public record Trouble(Reason reason, String cause, Instant since) {}

    private final ChangeLog log;
    private final @Nullable Graves graves;
    private final Kafka kafka;
    private final Mode mode;
    private final BooleanSupplier turn;
    private final Clock clock;
    private final Object tide = new Object();
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean standingBy;
    private volatile long told = -1;
    private volatile @Nullable Trouble trouble;

    public Relay(ChangeLog log, String bootstrap, Clock clock) {
        this(log, Kafka.at(bootstrap), clock, () -> true);
    }

    /** Tells whole events and no tombstones. */
    Relay(ChangeLog log, Kafka kafka, Clock clock, BooleanSupplier turn) {
        this(log, null, kafka, Mode.STRUCTURED, clock, turn);
    }

    /**
     * @param graves which records compaction may forget; null for none
     * @param turn whether it is this hub that tells, by what the store says at that moment; asked again and again
     */
    Relay(ChangeLog log, @Nullable Graves graves, Kafka kafka, Mode mode, Clock clock, BooleanSupplier turn) {
        this.log = log;
        this.graves = graves;
        this.kafka = kafka;
        this.mode = mode;
        this.clock = clock;
        this.turn = turn;
    }

    public synchronized void start() {
        if (thread == null) {
            stopping = false;
            thread = new Thread(this::run, "relay");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Stops after the chunks that are under way, or after a few seconds without them: they are told again later. */
    public synchronized void stop() throws InterruptedException {
        Thread running = thread;
        if (running != null) {
            stopping = true;
            signal();
            running.join(TimeUnit.SECONDS.toMillis(10));
            running.interrupt();
            running.join(TimeUnit.SECONDS.toMillis(10));
            thread = null;
        }
    }

    public synchronized boolean running() {
        return thread != null && thread.isAlive();
    }

    /** True while another hub tells the feed. */
    public boolean standingBy() {
        return standingBy;
    }

    /** Waits until everything that is in the log now has been acknowledged; false when the time was too short. */
    public boolean drain(Duration patience) throws InterruptedException {
        long target = log.head();
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (tide) {
            tide.notifyAll();
            while (told < target) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                tide.wait(left);
            }
        }
        return true;
    }

    /** How many chunks of the log are not acknowledged yet. */
    public long lag() {
        return log.behind(position());
    }

    /** The last position that is acknowledged without a hole. */
    public long position() {
        long here = told;
        return here >= 0 ? here : log.told(READER);
    }

    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            long before = told;
            try {
                told = log.told(READER);
                signal();
                standingBy = !turn.getAsBoolean();
                if (standingBy) {
                    trouble = null;
                    idle(STANDING_BY);
                } else {
                    tell();
                }
            } catch (KafkaException away) {
                pause = stumble(Courier.reason(away), away, told > before ? FIRST_PAUSE : pause);
            } catch (DataAccessException away) {
                pause = stumble(Reason.STORE_AWAY, away, told > before ? FIRST_PAUSE : pause);
            } catch (InterruptedException stopped) {
                stopping = true;
            } catch (RuntimeException bug) {
                LOG.error("a bug in the relay", bug);
                pause = stumble(Reason.CONFIG, bug, LONGEST_PAUSE);
            }
        }
    }

    /** Names the trouble, waits, and returns how long to wait the next time. */
    private Duration stumble(Reason reason, RuntimeException away, Duration pause) {
        Trouble known = trouble;
        String cause = away.getClass().getSimpleName() + ": " + away.getMessage();
        trouble = new Trouble(reason, cause, known == null ? clock.instant() : known.since());
        if (!stopping) {
            LOG.warn("{}: the relay stands at {} and tries again in {} ({})", reason.code(), told, pause, cause);
        }
        idle(pause);
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    private void tell() throws InterruptedException {
        Topics.create(kafka);
        try (Courier courier = new Courier(Producers.create(kafka), mode)) {
            // In this order: no earlier courier is heard any more, the turn is still ours, and only then where to go
            // on.
            // A hub that slept before the first step would else tell old versions behind new ones.
            if (!turn.getAsBoolean()) {
                return;
            }
            told = log.told(READER);
            while (!stopping && turn.getAsBoolean()) {
                List<Entry> next = log.after(told, 1);
                if (next.isEmpty()) {
                    trouble = null;
                    if (!bury(courier)) {
                        idle(IDLE);
                    }
                } else {
                    mark(transaction(courier, next));
                }
            }
        }
    }

    /** Sends a few chunks, reading the next one while Kafka takes the last, and returns the position reached. */
    private long transaction(Courier courier, List<Entry> first) {
        courier.begin();
        List<Entry> next = first;
        long reached = told;
        for (int chunks = 1; !next.isEmpty(); chunks++) {
            courier.send(next.get(0));
            reached = next.get(0).position();
            next = chunks < CHUNKS_A_TRANSACTION ? log.after(reached, 1) : List.of();
        }
        courier.commit();
        return reached;
    }

    /**
     * Only when all is told, so that no tombstone goes before its delete; an upsert that comes meanwhile is told behind it.
     */
    private boolean bury(Courier courier) {
        List<Grave> due = graves == null ? List.of() : graves.due(clock.instant());
        if (graves == null || due.isEmpty()) {
            return false;
        }
        courier.begin();
        due.forEach(courier::bury);
        courier.commit();
        graves.told(due, clock.instant());
        return true;
    }

    private void mark(long position) {
        log.told(READER, position, clock.instant());
        told = position;
        trouble = null;
        signal();
    }

    private void signal() {
        synchronized (tide) {
            tide.notifyAll();
        }
    }

    private void idle(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (tide) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (!stopping && left > 0) {
                    tide.wait(left);
                }
            } catch (InterruptedException stopped) {
                stopping = true;
            }
        }
    }
}
