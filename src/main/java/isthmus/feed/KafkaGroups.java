package isthmus.feed;

import isthmus.feed.Consumers.Group;
import isthmus.feed.Consumers.Groups;
import isthmus.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka how far the consumer groups of the feed's topics have come, and remembers the answer for some seconds. */
final class KafkaGroups {
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST = 200;

    private final Kafka kafka;
    private final Duration patience;
    private @Nullable Groups last;
    private long asked;

    KafkaGroups(Kafka kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    synchronized Groups lag() {
        Groups known = last;
        if (known == null || System.nanoTime() - asked > REMEMBERED) {
            known = ask();
            last = known;
            asked = System.nanoTime();
        }
        return known;
    }

    private Groups ask() {
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        settings.putAll(kafka.tls().settings());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "isthmus-groups");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, patience.toMillis());
        try {
            Admin admin = Admin.create(settings);
            try {
                return new Groups(null, ask(admin, System.nanoTime() + patience.toNanos()));
            } finally {
                // Without a bound it waits for ever for a broker that is silent.
                admin.close(Duration.ZERO);
            }
        } catch (KafkaException | ExecutionException | TimeoutException away) {
            return new Groups(Reason.KAFKA_AWAY, List.of());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Groups(Reason.KAFKA_AWAY, List.of());
        }
    }

    private static List<Group> ask(Admin admin, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new TreeMap<>();
        by(deadline, admin.listConsumerGroups().all()).stream()
                .map(ConsumerGroupListing::groupId)
                .sorted()
                .limit(MOST)
                .forEach(group -> wanted.put(group, new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read =
                by(deadline, admin.listConsumerGroupOffsets(wanted).all());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        read.values()
                .forEach(offsets -> offsets.keySet().stream()
                        .filter(partition -> Topics.isOurs(partition.topic()))
                        .forEach(partition -> ends.put(partition, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> end = by(
                deadline,
                admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        List<Group> groups = new ArrayList<>();
        new TreeMap<>(read)
                .forEach((group, offsets) ->
                        behind(offsets, end).forEach((topic, events) -> groups.add(new Group(group, topic, events))));
        return groups;
    }

    private static Map<String, Long> behind(
            Map<TopicPartition, OffsetAndMetadata> read, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<String, Long> behind = new TreeMap<>();
        read.forEach((partition, offset) -> {
            ListOffsetsResultInfo end = ends.get(partition);
            if (end != null && offset != null) {
                behind.merge(partition.topic(), Math.max(0, end.offset() - offset.offset()), Long::sum);
            }
        });
        return behind;
    }

    private static <T> T by(long deadline, KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
