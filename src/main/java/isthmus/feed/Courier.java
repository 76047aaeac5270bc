package isthmus.feed;

import isthmus.feed.Graves.Grave;
import isthmus.model.Reason;
import isthmus.store.ChangeLog.Change;
import isthmus.store.ChangeLog.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Carries chunks to Kafka in transactions under one transactional id: whoever opens the next courier fences this one, so
 * what a hub that slept still has in its buffers is never heard. After any exception the courier is only good for closing.
 */
final class Courier implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final List<Header> STRUCTURED =
            List.of(new RecordHeader("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8)));

    private final Producer<byte[], byte[]> producer;
    private final Mode mode;
    private final Envelope envelope = new Envelope();
    private final Map<String, Integer> partitions = new HashMap<>();
    private volatile @Nullable KafkaException refused;

    /** Fences every earlier courier. */
    Courier(Producer<byte[], byte[]> producer, Mode mode) {
        this.producer = producer;
        this.mode = mode;
        try {
            producer.initTransactions();
        } catch (RuntimeException away) {
            close();
            throw away;
        }
    }

    void begin() {
        producer.beginTransaction();
    }

    void send(Entry entry) {
        try {
            sendAll(entry);
        } catch (KafkaException failed) {
            throw first(failed);
        }
    }

    private void sendAll(Entry entry) {
        for (Change change : entry.changes()) {
            boolean isBinary = mode == Mode.BINARY;
            send(
                    change.entity(),
                    change.id(),
                    change.partitionKey(),
                    isBinary ? envelope.data(entry, change) : envelope.write(entry, change),
                    isBinary ? envelope.attributes(entry, change) : STRUCTURED,
                    "position " + entry.position());
        }
    }

    /** Lets compaction forget a record: no value under its key. */
    void bury(Grave grave) {
        try {
            send(grave.entity(), grave.id(), grave.partitionKey(), null, List.of(), "a tombstone");
        } catch (KafkaException failed) {
            throw first(failed);
        }
    }

    private void send(
            String entity,
            String id,
            String partitionKey,
            byte @Nullable [] value,
            Iterable<Header> headers,
            String where) {
        String topic = Topics.of(entity);
        int of = partitions.computeIfAbsent(
                topic, name -> producer.partitionsFor(name).size());
        byte[] aggregate = partitionKey.getBytes(StandardCharsets.UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(aggregate)) % of;
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        producer.send(
                new ProducerRecord<>(topic, partition, key, value, headers),
                (metadata, failure) -> heard(failure, topic + ", " + where));
    }

    /** Returns when Kafka has committed everything since {@link #begin}. */
    void commit() {
        try {
            producer.commitTransaction();
        } catch (KafkaException failed) {
            throw first(failed);
        }
    }

    private KafkaException first(KafkaException failed) {
        KafkaException first = refused;
        return first == null ? failed : first;
    }

    /** What a failure of Kafka means to people. */
    static Reason reason(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return Reason.FENCED;
            }
            if (cause instanceof RecordTooLargeException
                    || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof PolicyViolationException) {
                return Reason.FEED_REFUSED;
            }
        }
        return Reason.KAFKA_AWAY;
    }

    /** The first refusal says which record it was; those after it only that the transaction is lost. */
    private void heard(@Nullable Exception failure, String where) {
        if (failure != null && refused == null) {
            refused = new KafkaException(
                    where + ": " + failure.getClass().getSimpleName() + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close(FAREWELL);
    }
}
