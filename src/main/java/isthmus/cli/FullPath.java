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
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The hub of this process as {@code bench} drives it: one system's pulls, and the feed until it has told everything. */
final class FullPath implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Hub hub;
    private final String entity;
    private final String kafka;
    private final LegacySystem system;
    private final Pull pull;

    FullPath(Home home, Map<String, Object> environment, String entity) {
        this.entity = entity;
        kafka = String.valueOf(environment.get("ISTHMUS_KAFKA"));
        hub = Hub.start(home, environment, false);
        system = hub.giving(entity);
        pull = system.pulls().stream()
                .filter(candidate -> candidate.entities().contains(entity))
                .findFirst()
                .orElseThrow();
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
        return pass(pieces -> {});
    }

    /** @param progress is told the pieces of each chunk as it is committed; the next one waits for it */
    Tally pass(LongConsumer progress) throws InterruptedException {
        PassReport report = hub.room(Passes.class).once(Set.of(system.name()), progress);
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

    /** Where the entity's topic ends now. */
    Map<TopicPartition, Long> ends() {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    /** How many events the topic has received since; counted one by one, because marks of transactions have offsets too. */
    long eventsSince(Map<TopicPartition, Long> before) {
        try (var consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(before.keySet());
            consumer.assign(before.keySet());
            before.forEach(consumer::seek);
            long events = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                events += consumer.poll(POLL).count();
            }
            return events;
        }
    }

    /** A consumer of the entity's topic that hears what is told from now on. */
    KafkaConsumer<byte[], byte[]> listener() {
        var consumer = consumer();
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor("isthmus." + entity + ".v1").stream()
                .map(part -> new TopicPartition(part.topic(), part.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        hub.close();
    }
}
