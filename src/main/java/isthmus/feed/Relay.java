package isthmus.feed;

import isthmus.model.Reason;
import isthmus.store.ChangeLog;
import isthmus.store.ChangeLog.Change;
import isthmus.store.ChangeLog.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells the change log to Kafka: in order, at least once, a resend byte for byte the same. The position moves only over
 * chunks that are acknowledged without a hole, so a crash costs a resend and never a gap.
 */
public final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final String READER = "kafka";
    private static final int PIPELINE = 4;
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration STALLED = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Why the relay stands still, and since when. */
    public record Trouble(Reason reason, String cause, Instant since) {}

    private final ChangeLog log;
    private final Kafka kafka;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Clock clock;
    private final Object tide = new Object();
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile long told = -1;
    private volatile @Nullable Trouble trouble;

    public Relay(ChangeLog log, String bootstrap, Clock clock) {
        this(log, Kafka.at(bootstrap), clock);
    }

    Relay(ChangeLog log, Kafka kafka, Clock clock) {
        this(log, kafka, clock, () -> Producers.create(kafka));
    }

    Relay(ChangeLog log, Kafka kafka, Clock clock, Supplier<Producer<byte[], byte[]>> producers) {
        this.log = log;
        this.kafka = kafka;
        this.clock = clock;
        this.producers = producers;
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
                Topics.create(kafka);
                Producer<byte[], byte[]> producer = producers.get();
                try {
                    tell(producer);
                } finally {
                    producer.close(FAREWELL);
                }
            } catch (KafkaException away) {
                pause = stumble(Reason.KAFKA_AWAY, away, told > before ? FIRST_PAUSE : pause);
            } catch (DataAccessException away) {
                pause = stumble(Reason.STORE_AWAY, away, told > before ? FIRST_PAUSE : pause);
            } catch (InterruptedException stopped) {
                stopping = true;
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

    private void tell(Producer<byte[], byte[]> producer) throws InterruptedException {
        Envelope envelope = new Envelope();
        Map<String, Integer> partitions = new HashMap<>();
        Deque<Flight> flights = new ArrayDeque<>();
        long read = told;
        while (!stopping || !flights.isEmpty()) {
            List<Entry> next = flights.size() < PIPELINE && !stopping ? log.after(read, 1) : List.of();
            for (Entry entry : next) {
                flights.add(send(producer, envelope, partitions, entry));
                read = entry.position();
            }
            if (next.isEmpty() && flights.isEmpty()) {
                trouble = null;
                idle(IDLE);
            } else if (next.isEmpty()) {
                flights.getFirst().acknowledged.await(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                watch(flights.getFirst());
            }
            land(flights);
        }
    }

    private static Flight send(
            Producer<byte[], byte[]> producer, Envelope envelope, Map<String, Integer> partitions, Entry entry) {
        Flight flight = new Flight(entry.position(), entry.changes().size());
        for (Change change : entry.changes()) {
            String topic = Topics.of(change.entity());
            int of = partitions.computeIfAbsent(
                    topic, name -> producer.partitionsFor(name).size());
            byte[] aggregate = change.partitionKey().getBytes(StandardCharsets.UTF_8);
            int partition = Utils.toPositive(Utils.murmur2(aggregate)) % of;
            byte[] key = change.id().getBytes(StandardCharsets.UTF_8);
            producer.send(
                    new ProducerRecord<>(topic, partition, key, envelope.write(entry, change)),
                    (metadata, failure) -> flight.land(failure));
        }
        return flight;
    }

    /** Says early that Kafka is away; the producer goes on trying until its own patience ends. */
    private void watch(Flight flight) {
        if (trouble == null && System.nanoTime() - flight.sent > STALLED.toNanos()) {
            trouble = new Trouble(Reason.KAFKA_AWAY, "no acknowledgement for " + STALLED, clock.instant());
            LOG.warn("{}: the relay stands at {}, no acknowledgement for {}", Reason.KAFKA_AWAY.code(), told, STALLED);
        }
    }

    /** Moves the position over the acknowledged head of the pipeline. */
    private void land(Deque<Flight> flights) {
        long landed = -1;
        while (!flights.isEmpty() && flights.getFirst().acknowledged.getCount() == 0) {
            Flight flight = flights.getFirst();
            Exception failure = flight.failure;
            if (failure != null) {
                throw failure instanceof KafkaException known ? known : new KafkaException(failure);
            }
            landed = flight.position;
            flights.removeFirst();
        }
        if (landed >= 0) {
            log.told(READER, landed, clock.instant());
            told = landed;
            trouble = null;
            signal();
        }
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

    /** A chunk on its way. */
    private static final class Flight {
        final long position;
        final CountDownLatch acknowledged;
        final long sent = System.nanoTime();
        volatile @Nullable Exception failure;

        Flight(long position, int events) {
            this.position = position;
            this.acknowledged = new CountDownLatch(events);
        }

        void land(@Nullable Exception why) {
            if (why != null) {
                failure = why;
            }
            acknowledged.countDown();
        }
    }
}
