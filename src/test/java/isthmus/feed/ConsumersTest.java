package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.feed.Consumers.Group;
import isthmus.feed.Consumers.Reader;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** How far those have come who read the feed. */
class ConsumersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store = Store.fresh();

    @Test
    void aNamedReaderIsRememberedWithWhatLiesBeforeIt() throws Exception {
        // given five bills and two accounts in three chunks
        store.chunks.commit(
                Cargo.chunk(1, Cargo.bill("a", 1, "1.00"), Cargo.bill("b", 1, "1.00"), Cargo.bill("c", 1, "1.00")));
        store.chunks.commit(Cargo.chunk(1, Cargo.account("a", 1), Cargo.account("b", 1)));
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("d", 1, "1.00"), Cargo.bill("e", 1, "1.00")));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        // when a reader has had the first two bills, and another one has none of the accounts
        try (Consumers consumers =
                        new Consumers(store.source, Clock.systemUTC(), "127.0.0.1:1", Duration.ofMillis(200));
                ConsumerMeters shown = new ConsumerMeters(consumers, store.source, meters, Clock.systemUTC())) {
            consumers.told("portal", "bill", FeedPosition.behind(1, 0));
            consumers.told("portal", "bill", FeedPosition.behind(1, 1));
            consumers.told("app", "account", FeedPosition.inState(1, ""));
            await().atMost(PATIENCE).until(() -> readers(consumers).size() == 2);
            shown.look();

            // then what they lack is counted, and Kafka's silence is said
            assertThat(readers(consumers))
                    .extracting(Reader::consumer, Reader::position, Reader::events, Reader::inState)
                    .containsExactly(tuple("app", "1~", 2L, true), tuple("portal", "1-1", 3L, false));
            assertThat(meters.get("isthmus.consumer.behind")
                            .tag("consumer", "portal")
                            .gauge()
                            .value())
                    .isEqualTo(3);
            assertThat(consumers.groups().trouble()).isEqualTo(Reason.KAFKA_AWAY);
        }
    }

    @Test
    void namesThatAreMadeUpDoNotFillTheStore() throws Exception {
        Consumers consumers = new Consumers(store.source, Clock.systemUTC(), "127.0.0.1:1", Duration.ofMillis(200));
        for (int i = 0; i < 1_500; i++) {
            consumers.told("c" + i, "bill", FeedPosition.behind(0));
        }

        consumers.close();

        assertThat(store.count("consumer")).isEqualTo(1_000);
    }

    @Test
    void aGroupOfKafkaIsListedWithWhatItHasNotRead() throws Exception {
        try (Broker broker = new Broker()) {
            // given an account in Kafka, told and deleted, and a group that has read nothing
            store.chunks.commit(Cargo.chunk(1, Cargo.account("a", 1)));
            store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "a", 2)));
            Relay relay = new Relay(new ChangeLog(store.source), broker.bootstrap(), Clock.systemUTC());
            relay.start();
            assertThat(relay.drain(PATIENCE)).isTrue();
            relay.stop();
            commitTheBeginning(broker);

            // when the groups are asked for
            Consumers consumers = new Consumers(store.source, Clock.systemUTC(), broker.bootstrap(), PATIENCE);
            Consumers.Groups groups = consumers.groups();
            consumers.close();

            // then it is there, with at least what it has not read
            assertThat(groups.trouble()).isNull();
            assertThat(groups.groups()).singleElement().satisfies(group -> {
                assertThat(group)
                        .extracting(Group::group, Group::topic)
                        .containsExactly("settlement", "isthmus.account.v1");
                assertThat(group.events()).isGreaterThanOrEqualTo(2);
            });
        }
    }

    private static void commitTheBeginning(Broker broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrap(), "group.id", "settlement", "enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
                var at = new TopicPartition(Topics.of("account"), partition);
                consumer.assign(List.of(at));
                consumer.commitSync(Map.of(at, new OffsetAndMetadata(0)));
            }
        }
    }

    private List<Reader> readers(Consumers consumers) throws Exception {
        try (Connection connection = store.source.getConnection()) {
            return consumers.readers(connection);
        }
    }
}
