package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How an event lies in a Kafka record, by the CloudEvents binding for Kafka, and how compaction forgets one. */
class BindingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Broker broker;

    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void binaryModeSaysTheSameAttributesAsHeadersAndTheDataAsTheValue() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("mode/1", 1, "1.00")));
        tellAll(Mode.STRUCTURED);
        store.sql.sql("update feed_position set position = 0").update();
        tellAll(Mode.BINARY);

        List<ConsumerRecord<byte[], byte[]>> told = told("bill", "mode/1");

        assertThat(told).hasSize(2);
        assertThat(headers(told.get(0))).isEqualTo(Map.of("content-type", "application/cloudevents+json"));
        ObjectNode whole = (ObjectNode) JSON.readTree(told.get(0).value());
        assertThat(JSON.readTree(told.get(1).value())).isEqualTo(whole.remove("data"));
        Map<String, String> wanted = new TreeMap<>();
        whole.properties()
                .forEach(attribute -> wanted.put(
                        "ce_" + attribute.getKey(), attribute.getValue().asText()));
        wanted.put("content-type", wanted.remove("ce_datacontenttype"));
        assertThat(headers(told.get(1))).isEqualTo(wanted);
        assertThat(told.get(1).key()).isEqualTo(told.get(0).key());
        assertThat(told.get(1).partition()).isEqualTo(told.get(0).partition());
    }

    @Test
    void aRecordThatStaysDeletedIsForgottenOnceAndOneThatComesBackIsNot() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.account("stays", 1)));
        store.chunks.commit(Cargo.chunk(1, Cargo.account("returns", 1)));
        store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "stays", 2)));
        store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "returns", 2)));
        Moved clock = new Moved();
        Relay relay = relay(Mode.STRUCTURED, clock);
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();

        clock.move(Duration.ofDays(29));
        store.chunks.commit(Cargo.chunk(1, Cargo.account("returns", 3)));
        assertThat(relay.drain(PATIENCE)).isTrue();
        assertThat(forgotten()).isZero();
        clock.move(Duration.ofDays(2));

        await().atMost(PATIENCE).until(() -> forgotten() == 1);
        relay.stop();
        store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "later", 1)));
        clock.move(Duration.ofDays(31));
        Relay successor = relay(Mode.STRUCTURED, clock);
        successor.start();
        await().atMost(PATIENCE).until(() -> forgotten() == 2);
        successor.stop();

        List<ConsumerRecord<byte[], byte[]>> stays = told("account", "stays");
        assertThat(stays).hasSize(3);
        assertThat(stays.get(2).value()).isNull();
        assertThat(stays.get(2).partition()).isEqualTo(stays.get(0).partition());
        assertThat(told("account", "returns")).hasSize(3).noneMatch(event -> event.value() == null);
    }

    private void tellAll(Mode mode) throws InterruptedException {
        Relay relay = relay(mode, store.clock);
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        relay.stop();
    }

    private Relay relay(Mode mode, Clock clock) {
        Graves graves = new Graves(store.source, Duration.ofDays(30));
        return new Relay(log, graves, Kafka.at(broker.bootstrap()), mode, clock, () -> true);
    }

    private long forgotten() {
        return store.count("feed_tombstone");
    }

    private static List<ConsumerRecord<byte[], byte[]>> told(String entity, String key) {
        String id = Cargo.urn(entity, key);
        return Heard.of(broker.bootstrap(), entity).stream()
                .filter(event -> text(event.key()).equals(id))
                .toList();
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> event) {
        Map<String, String> headers = new TreeMap<>();
        event.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return headers;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The time of the machine, and what the test adds. */
    private static final class Moved extends Clock {
        private volatile Duration by = Duration.ZERO;

        void move(Duration more) {
            by = by.plus(more);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
