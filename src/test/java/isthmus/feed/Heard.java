package isthmus.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer that reads committed events hears of one topic from its beginning. */
final class Heard {
    private Heard() {}

    static List<ConsumerRecord<byte[], byte[]>> of(String bootstrap, String entity) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> heard = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.of(entity)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(heard::add);
            }
        }
        return heard;
    }

    /** The versions of one record as they are heard, oldest first. */
    static List<String> sequences(String bootstrap, String entity, String id) {
        return of(bootstrap, entity).stream()
                .filter(told -> text(told.key()).equals(id))
                .map(told -> text(told.value()).replaceFirst("(?s).*\"sequence\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
