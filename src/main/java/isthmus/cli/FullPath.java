package isthmus.cli;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.feed.Relay;
import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import isthmus.store.Cursors;
import isthmus.store.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The hub of this process as {@code bench} drives it: one system's pulls, and the feed until it has told everything. */
final class FullPath implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final Hub hub;
    private final String entity;
    private final String kafka;
    private final LegacySystem system;
    private final Pull pull;

    FullPath(Home home, Map<String, Object> environment, String entity) {
        this.entity = entity;
        kafka = String.valueOf(environment.get("ISTHMUS_KAFKA"));
        hub = Hub.start(home, environment, false);
        system = hub.room(Passes.class).catalog().systems().stream()
                .filter(candidate -> candidate.pulls().stream().anyMatch(this::gives))
                .findFirst()
                .orElseThrow(() -> new Refusal(Exit.USAGE, "No system in routes/ gives " + entity + "."));
        pull = system.pulls().stream().filter(this::gives).findFirst().orElseThrow();
    }

    private boolean gives(Pull candidate) {
        return candidate.entities().contains(entity);
    }

    /** The query of the pull, where it has one. */
    Path query() {
        return system.folder().resolve(pull.name() + ".sql");
    }

    /** Starts the relay and returns when it is up and idle. */
    void relay() throws InterruptedException {
        hub.room(Relay.class).start();
        drain();
    }

    /** Keeps quiet while somebody else is measured. */
    void rest() throws InterruptedException {
        hub.room(Relay.class).stop();
    }

    /** Pulls what is new, waits until the feed has told it, and says what became of the entity's pieces. */
    Tally pass() throws InterruptedException {
        PassReport report = hub.room(Passes.class).once(Set.of(system.name()), pieces -> {});
        drain();
        if (!report.green()) {
            throw new Refusal(Exit.CHECK_FAILED, String.join("; ", report.problems()));
        }
        return report.systems().getOrDefault(system.name(), Map.of()).getOrDefault(entity, Tally.NONE);
    }

    private void drain() throws InterruptedException {
        if (!hub.room(Relay.class).drain(PATIENCE)) {
            throw new Refusal(Exit.CHECK_FAILED, "The feed has not caught up within " + PATIENCE + ".");
        }
    }

    /** Where the pull's cursor stands. */
    String position() {
        return hub.room(Cursors.class).show().stream()
                .filter(cursor ->
                        cursor.system().equals(system.name()) && cursor.pull().equals(pull.name()))
                .map(Cursors.Cursor::value)
                .findFirst()
                .orElseThrow();
    }

    /** @param position where to go on from; null to start from the beginning */
    void rewind(@Nullable String position) {
        hub.room(Cursors.class).rewind(system.name(), pull.name(), position, "bench", "bench");
    }

    /** How many events the entity's topic holds that Kafka has committed; offsets count the marks of transactions too. */
    long events() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        long events = 0;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("isthmus." + entity + ".v1").stream()
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                events += consumer.poll(Duration.ofMillis(200)).count();
            }
        }
        return events;
    }

    @Override
    public void close() {
        hub.close();
    }
}
