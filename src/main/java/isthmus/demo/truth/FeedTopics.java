package isthmus.demo.truth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import isthmus.demo.truth.Found.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads all topics of the feed from their beginning to where they end now. */
final class FeedTopics {
    /** Those of the entities; a night or a day is no record. */
    private static final Pattern TOPIC = Pattern.compile("isthmus\\.(?!(night|day)\\.)[a-z]+\\.v1");

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SILENT_POLLS = 60;
    private static final JsonFactory JSON = new JsonFactory();

    private final String bootstrap;

    FeedTopics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    void events(Consumer<Published> each) throws IOException {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(4 << 20));
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> TOPIC.matcher(topic.getKey()).matches())
                    .flatMap(topic -> topic.getValue().stream()
                            .map(partition -> new TopicPartition(topic.getKey(), partition.partition())))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            int silent = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                int seen = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    seen++;
                    if (record.value() != null) {
                        each.accept(keyed(event(record.value()), record.key()));
                    }
                }
                silent = seen == 0 ? silent + 1 : 0;
                if (silent > SILENT_POLLS) {
                    throw new IOException("the feed's topics stand still before their end");
                }
            }
        }
    }

    /** An event under a key other than its subject is nobody's. */
    private static Published keyed(Published event, byte @Nullable [] key) {
        String text = key == null ? "no key" : new String(key, StandardCharsets.UTF_8);
        return text.equals(event.subject())
                ? event
                : new Published(
                        event.eventId(),
                        event.subject() + " under " + text,
                        event.sequence(),
                        event.deleted(),
                        event.body());
    }

    /** Takes out of a CloudEvent what is compared; the record stays the text it is. */
    static Published event(byte[] value) throws IOException {
        String id = "";
        String subject = "";
        String sequence = "";
        String type = "";
        String body = "";
        try (JsonParser json = JSON.createParser(value)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "id" -> id = json.getText();
                    case "subject" -> subject = json.getText();
                    case "sequence" -> sequence = json.getText();
                    case "type" -> type = json.getText();
                    case "data" -> body = record(json, value);
                    default -> json.skipChildren();
                }
            }
        }
        return new Published(id, subject, sequence, type.contains(".delete."), body);
    }

    private static String record(JsonParser json, byte[] value) throws IOException {
        String body = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean record = json.currentName().equals("record");
            json.nextToken();
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            if (record) {
                int to = (int) json.currentLocation().getByteOffset();
                body = new String(value, from, to - from, StandardCharsets.UTF_8);
            }
        }
        return body;
    }
}
