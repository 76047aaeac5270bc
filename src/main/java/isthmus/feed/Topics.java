package isthmus.feed;

import isthmus.model.Entities;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The feed's topics: one an entity, compacted by subject; the number of partitions never changes within a major. */
final class Topics {
    static final int PARTITIONS = 6;

    private Topics() {}

    static String of(String entity) {
        return "isthmus." + entity + ".v1";
    }

    static boolean isOurs(String topic) {
        return topic.startsWith("isthmus.");
    }

    /** Creates the topics of the entities that are not there yet; leaves the others as they are. */
    static void create(Kafka kafka) throws InterruptedException {
        create(kafka, Entities.ALL, PARTITIONS);
    }

    static void create(Kafka kafka, List<String> things, int partitions) throws InterruptedException {
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        settings.putAll(kafka.tls().settings());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "isthmus-topics");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, kafka.requestMillis());
        settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, kafka.requestMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, kafka.deliveryMillis());
        Admin admin = Admin.create(settings);
        try {
            CreateTopicsResult created = admin.createTopics(things.stream()
                    .map(thing -> new NewTopic(of(thing), Optional.of(partitions), Optional.empty())
                            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)))
                    .toList());
            for (var topic : created.values().values()) {
                await(topic, kafka.delivery());
            }
            awaitLeaders(admin, things, partitions, kafka.delivery());
        } finally {
            // Without a bound it waits for ever for a broker that is silent.
            admin.close(kafka.request());
        }
    }

    /**
     * A topic is answered as created before the broker leads its partitions; an idempotent producer that sends into that gap
     * can lose count of its sequence (OUT_OF_ORDER_SEQUENCE_NUMBER) and not recover. Asking every leader for its end waits.
     */
    private static void awaitLeaders(Admin admin, List<String> things, int partitions, Duration patience)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String thing : things) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(of(thing), partition), OffsetSpec.latest());
            }
        }
        try {
            admin.listOffsets(ends).all().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw new KafkaException("topics have no leaders", refused.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("topics have no leaders in time", late);
        }
    }

    private static void await(KafkaFuture<Void> topic, Duration patience) throws InterruptedException {
        try {
            topic.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("topics cannot be created", refused.getCause());
            }
        } catch (TimeoutException late) {
            throw new KafkaException("topics cannot be created in time", late);
        }
    }
}
