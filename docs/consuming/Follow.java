import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows a topic of the feed: one line an event, its key and its JSON. A null value says that compaction may forget the key. */
public class Follow {
    public static void main(String[] broker_topic_group) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker_topic_group[0]);
        settings.put("group.id", broker_topic_group[2]);
        settings.put("auto.offset.reset", "earliest");
        // The feed is told in transactions: what was broken off is not part of it.
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(broker_topic_group[1]));
            while (true) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.println(event.key() + " " + event.value());
                }
                consumer.commitSync();
            }
        }
    }
}
