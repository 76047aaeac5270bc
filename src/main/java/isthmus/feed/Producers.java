package isthmus.feed;

import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The relay's producer, created directly and not by camel-kafka: that takes keys and partitions only from an exchange a
 * record and hides the acknowledgements which the position waits for.
 */
final class Producers {
    private Producers() {}

    /** Of the relay, in transactions. */
    static Producer<byte[], byte[]> create(Kafka kafka) {
        Properties settings = settings(kafka, "isthmus-relay");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "isthmus-relay");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** For an event now and then, without transactions, so that it fences nobody. */
    static Producer<byte[], byte[]> plain(Kafka kafka) {
        return new KafkaProducer<>(
                settings(kafka, "isthmus-bulletin"), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Properties settings(Kafka kafka, String client) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        settings.putAll(kafka.tls().settings());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, kafka.requestMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, kafka.requestMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, kafka.requestMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, kafka.deliveryMillis());
        return settings;
    }
}
