package isthmus.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Tells Kafka what is no change of a record, seldom and one by one: each thing to a topic of its own. */
public final class Bulletin {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    /** One, so that what is told stays in its order. */
    static final int PARTITIONS = 1;

    private final Kafka kafka;

    Bulletin(Kafka kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has it; the topic, {@code isthmus.<thing>.v1}, is laid when it is not there.
     *
     * @throws IOException when Kafka has not said that it has it; telling it again does no harm
     */
    public void tell(String thing, String key, byte[] event) throws IOException, InterruptedException {
        try {
            Topics.create(kafka, List.of(thing), PARTITIONS);
            // Not kept between two nights: a connection that idles so long is of no use.
            Producer<byte[], byte[]> producer = Producers.plain(kafka);
            try {
                byte[] name = key.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(Topics.of(thing), name, event))
                        .get(kafka.deliveryMillis(), TimeUnit.MILLISECONDS);
            } finally {
                producer.close(FAREWELL);
            }
        } catch (KafkaException fault) {
            throw new IOException(Courier.reason(fault).code() + ": " + fault.getMessage(), fault);
        } catch (ExecutionException fault) {
            Throwable cause = Objects.requireNonNullElse(fault.getCause(), fault);
            throw new IOException(cause.getClass().getSimpleName(), cause);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + kafka.delivery(), late);
        }
    }
}
