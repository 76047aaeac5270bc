package isthmus.chaos.check;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The feed's topics from their beginning to where they end now, each partition in its order. */
final class Topics {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SILENT_POLLS = 120;

    private final String bootstrap;

    Topics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** What is done with each event. */
    interface Reader {
        void read(Event event) throws IOException;
    }

    void each(Reader reader) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<String, Integer> widths = new TreeMap<>();
            List<TopicPartition> partitions = partitions(consumer);
            partitions.forEach(partition -> widths.merge(partition.topic(), 1, Integer::sum));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            int silent = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                for (var record : records) {
                    if (record.value() != null) {
                        int width = widths.get(record.topic());
                        reader.read(
                                Event.read(record.topic(), record.partition(), width, record.key(), record.value()));
                    }
                }
                silent = records.isEmpty() ? silent + 1 : 0;
                if (silent > SILENT_POLLS) {
                    throw new IOException("the feed's topics stand still before their end");
                }
            }
        }
    }

    /** Where each partition ends now. */
    Map<String, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<String, Long> ends = new TreeMap<>();
            consumer.endOffsets(partitions(consumer)).forEach((partition, end) -> ends.put(partition.toString(), end));
            return ends;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().matches("isthmus\\.(?!(night|day)\\.)[a-z]+\\.v1"))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
