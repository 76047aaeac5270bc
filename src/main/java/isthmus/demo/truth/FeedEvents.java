package isthmus.demo.truth;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads every event of the feed's topics from the beginning to the end that they have now. */
final class FeedEvents {
    private static final Duration POLL = Duration.ofSeconds(1);
    private final String bootstrap;

    FeedEvents(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    void tell(Comparison comparison) throws IOException {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().matches("isthmus\\.[a-z]+\\.v1"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<TopicPartition> open = new HashSet<>(partitions);
            while (!open.isEmpty()) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    tell(comparison, record);
                }
                open.removeIf(part -> consumer.position(part) >= ends.getOrDefault(part, 0L));
            }
        }
    }

    private static void tell(Comparison comparison, ConsumerRecord<String, String> record) throws IOException {
        String entity = record.topic().split("\\.")[1];
        Map<String, Object> event = TruthLines.MAPS.readValue(record.value());
        Object body = event.get("data") instanceof Map<?, ?> data ? data.get("record") : null;
        String subject = String.valueOf(event.get("subject"));
        comparison.fed(
                entity,
                subject.equals(record.key()) ? subject : subject + " under the key " + record.key(),
                String.valueOf(event.get("id")),
                String.valueOf(event.get("sequence")),
                CanonicalJson.of(body));
    }
}
