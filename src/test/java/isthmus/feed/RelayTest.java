package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Fact;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Broker broker;

    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);
    private Relay relay;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void newRelay() {
        relay = new Relay(log, broker.bootstrap(), store.clock);
    }

    @AfterEach
    void stopRelay() throws InterruptedException {
        relay.stop();
    }

    @Test
    void tellsEveryChangeAsACloudEventInItsAggregatesPartition() throws Exception {
        Fact bill = Cargo.bill("env/1", 1, "1.00", new Fact.Ref("/account", Cargo.urn("account", "none")));
        store.chunks.commit(Cargo.chunk(7, bill));
        relay.start();

        assertThat(relay.drain(PATIENCE)).isTrue();

        ConsumerRecord<byte[], byte[]> told = heard("bill", "env/").get(0);
        assertThat(told.partition())
                .isEqualTo(Utils.toPositive(Utils.murmur2(bill.partitionKey().getBytes())) % 6);
        JsonNode event = new ObjectMapper().readTree(told.value());
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("id").asText()).hasSize(32);
        assertThat(event.get("source").asText()).isEqualTo("urn:isthmus:yj:billing");
        assertThat(event.get("type").asText()).isEqualTo("org.isthmus.bill.upsert.v1");
        assertThat(event.get("subject").asText()).isEqualTo(bill.id());
        assertThat(event.get("time").asText()).isEqualTo("2026-11-02T09:00:03+08:00");
        assertThat(event.get("recordedtime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.get("dataschema").asText()).isEqualTo("https://isthmus.example/schema/v1/bill.json");
        assertThat(event.get("dataclassification").asText()).isEqualTo("confidential");
        assertThat(event.get("dataregulation").asText()).isEqualTo("PIPL");
        assertThat(event.has("traceparent")).isFalse();
        assertThat(event.at("/data/meta/run").asLong()).isEqualTo(7);
        assertThat(event.at("/data/meta/mapping").toString()).isEqualTo("{\"id\":\"bill\",\"version\":\"3\"}");
        assertThat(event.at("/data/meta/quality/0/code").asText()).isEqualTo("REF-PENDING");
        assertThat(new String(told.value(), StandardCharsets.UTF_8))
                .endsWith(",\"record\":" + new String(bill.body(), StandardCharsets.UTF_8) + "}}");
    }

    @Test
    void aCrashBetweenAcknowledgementAndMarkResendsTheSameBytes() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("crash/1", 1, "1.00"), Cargo.bill("crash/2", 1, "2.00")));
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        relay.stop();
        store.sql.sql("update feed_position set position = 0").update();
        Relay successor = new Relay(log, broker.bootstrap(), store.clock);
        successor.start();
        assertThat(successor.drain(PATIENCE)).isTrue();
        successor.stop();

        Map<String, List<String>> values = new LinkedHashMap<>();
        heard("bill", "crash/")
                .forEach(told -> values.computeIfAbsent(text(told.key()), key -> new ArrayList<>())
                        .add(text(told.value())));
        assertThat(values).hasSize(2).allSatisfy((key, twice) -> {
            assertThat(twice).hasSize(2);
            assertThat(twice.get(1)).isEqualTo(twice.get(0));
        });
    }

    @Test
    void keepsTheOrderOfEverySubjectOverManyChunks() throws Exception {
        for (int version = 1; version <= 40; version++) {
            store.chunks.commit(Cargo.chunk(
                    1,
                    Cargo.bill("order/1", version, version + ".00"),
                    Cargo.bill("order/2", version, version + ".00")));
        }
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();

        List<ConsumerRecord<byte[], byte[]>> heard = heard("bill", "order/");
        assertThat(heard).hasSize(80);
        assertThat(heard.stream()
                        .filter(told -> text(told.key()).endsWith("/1"))
                        .map(RelayTest::sequence))
                .isSorted();
        assertThat(relay.lag()).isZero();
    }

    @Test
    void waitsForABrokerThatIsAwayNamesItAndLosesNothing() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("away/1", 1, "1.00")));
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        broker.kill();
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("away/2", 1, "1.00")));

        await().atMost(90, TimeUnit.SECONDS).until(() -> relay.trouble().isPresent());
        assertThat(relay.trouble().orElseThrow().reason()).isEqualTo(Reason.KAFKA_AWAY);
        assertThat(relay.lag()).isEqualTo(1);
        broker.startAgain();

        assertThat(relay.drain(Duration.ofSeconds(90))).isTrue();
        assertThat(relay.trouble()).isEmpty();
        assertThat(heard("bill", "away/").stream().map(told -> text(told.key())).distinct())
                .hasSize(2);
    }

    private static String sequence(ConsumerRecord<byte[], byte[]> told) {
        return text(told.value()).replaceFirst("(?s).*\"sequence\":\"([^\"]*)\".*", "$1");
    }

    /** Everything told so far of subjects whose key begins so, by partition and offset. */
    private static List<ConsumerRecord<byte[], byte[]>> heard(String entity, String keys) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrap());
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
        heard.removeIf(told -> !text(told.key()).contains(":" + entity + ":" + keys));
        return heard;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
