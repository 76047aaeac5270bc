package isthmus.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import isthmus.chaos.Played;
import isthmus.demo.truth.Unsealed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A checker that sees nothing proves nothing: each breach is made on purpose, and it must be seen. */
@Tag("chaos")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckerTest {
    private static final String SOME_BILL = "(select min(id) from record where entity = 'bill')";
    private static Played played;
    private static Ground ground;

    @BeforeAll
    static void playAWholePassWithoutFaults() throws Exception {
        played = Played.whole(7, 150, 2);
        ground = Ground.of(played.data(), null);
        assertThat(breached()).isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        played.close();
    }

    @Test
    @Order(1)
    void seesOneRowThatIsMissing() throws Exception {
        execute("create table kept as select * from record where id = " + SOME_BILL);
        execute("delete from record where id = (select id from kept)");

        assertThat(breached()).containsKeys("I1", "I3", "I4");

        execute("insert into record select * from kept; drop table kept");
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(1)
    void seesOneRowThatIsThereTwice() throws Exception {
        execute("create table kept as select * from record where id = " + SOME_BILL);
        execute("update kept set id = id || ' '; insert into record select * from kept");

        assertThat(breached()).containsKeys("I2");

        execute("delete from record where id = (select id from kept); drop table kept");
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(1)
    void seesOneCentAndOneLetterThatAreWrong() throws Exception {
        execute("update record set money = money + 0.01 where id = " + SOME_BILL);
        assertThat(breached()).containsOnlyKeys("I4");
        execute("update record set money = money - 0.01 where id = " + SOME_BILL);

        execute("create table kept as select id, body from record where id = " + SOME_BILL);
        execute("update record set body = replace(body::text, '\"CNY\"', '\"CNX\"')::json where id = " + SOME_BILL);
        assertThat(breached()).containsOnlyKeys("I1", "I3");
        execute("update record r set body = k.body from kept k where k.id = r.id; drop table kept");
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(1)
    void seesAVersionThatWasAppliedTwice() throws Exception {
        execute(
                "insert into change select chunk, n + 1000000, entity, id, op, sequence, contenthash, time, time_offset,"
                        + " partitionkey, ordinal, mapping, quality, body from change where id = " + SOME_BILL);

        assertThat(breached()).containsOnlyKeys("I2");

        execute("delete from change where n >= 1000000");
    }

    @Test
    @Order(1)
    void seesARunThatDoesNotBalanceAndARelayThatIsBehind() throws Exception {
        execute("update run_count set read = read + 1 where run = (select min(run) from run_count)");
        execute("update feed_position set position = position - 1");

        assertThat(breached()).containsOnlyKeys("I4", "I5");

        execute("update run_count set read = read - 1 where run = (select min(run) from run_count)");
        execute("update feed_position set position = position + 1");
    }

    @Test
    @Order(1)
    void seesARefusalWithoutItsWhyAndANameInAHint() throws Exception {
        Unsealed unsealed = ground.unsealed();
        List<String> names = new ArrayList<>();
        ground.each(
                "select id, body::text from record where entity = 'customer' and not deleted order by id",
                row -> names.add(unsealed.open(row.getString(1), row.getString(2))
                        .replaceAll(".*\"display\":\"([^\"]*)\".*", "$1")));
        String name = names.stream()
                .filter(one -> one.matches("[一-龥]{3}"))
                .findFirst()
                .orElseThrow();
        String first = "(select min(id) from quarantine)";
        execute("create table kept as select * from quarantine where id = " + first);
        execute("update quarantine set state = 'dropped', note = null, hint = 'is " + name + "' where id = " + first);

        assertThat(breached()).containsOnlyKeys("I7", "I9");
        assertThat(breached().get("I9").toString()).doesNotContain(name);

        execute(
                "update quarantine q set state = k.state, hint = k.hint from kept k where k.id = q.id; drop table kept");
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(1)
    void seesAByteThatHasChangedInTheArchive() throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(played.data().resolve("sftp/archive"))) {
            file = files.filter(path -> path.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[changed.length - 3] ^= 1;
        Files.write(file, changed);

        assertThat(breached()).containsOnlyKeys("I4");

        Files.write(file, whole);
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(1)
    void seesWhatTheSameInputHasChanged() throws Exception {
        Snapshot before = Snapshot.take(ground);
        execute("update record set quality = '[]' where id = " + SOME_BILL);
        Verdict verdict = new Verdict("I2", "nothing double");
        before.compare(Snapshot.take(ground), verdict);

        assertThat(verdict.breaches()).singleElement().asString().startsWith("records was");
    }

    @Test
    @Order(1)
    void seesAHubThatSaysItIsWellAndHoldsOnToConnections() throws Exception {
        execute("update run set state = 'failed' where run = (select max(run) from run)");
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page(hub, "/actuator/health", "{\"status\":\"UP\",\"components\":{}}");
        page(
                hub,
                "/actuator/prometheus",
                "jvm_threads_live_threads 9\nhikaricp_connections_active{pool=\"store\"} 1.0\n");
        hub.start();
        try {
            var seen = new Ground.Hub(
                    "http://127.0.0.1:" + hub.getAddress().getPort(),
                    ProcessHandle.current().pid(),
                    List.of(),
                    played.data());
            assertThat(breached(Ground.of(played.data(), seen))).containsOnlyKeys("I6", "I8");
        } finally {
            hub.stop(0);
            execute("update run set state = 'green' where state = 'failed'");
        }
    }

    private static void page(HttpServer hub, String path, String text) {
        hub.createContext(path, exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** What is done to a topic cannot be undone, so it comes last and adds up. */
    @Test
    @Order(2)
    void forgivesAnEventThatIsToldAgainAndSeesOneThatIsAlteredDoubledOrGone() throws Exception {
        ConsumerRecord<byte[], byte[]> told = firstBill();
        send(told, told.value());
        assertThat(breached()).isEmpty();

        ObjectMapper json = new ObjectMapper();
        ObjectNode event = (ObjectNode) json.readTree(told.value());
        ((ObjectNode) event.at("/data/record")).put("currency", "CNX");
        send(told, json.writeValueAsBytes(event));
        assertThat(breached().get("I3").toString()).contains("told again with other content");

        event.put("id", "0".repeat(32));
        send(told, json.writeValueAsBytes(event));
        assertThat(breached().get("I3").toString())
                .contains("should be", "does not rise", "is not in the change log", "does not have its content hash");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ground.text("ISTHMUS_KAFKA")))) {
            // Records are only deleted where nothing is compacted.
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, told.topic());
            var policy = new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(policy))).all().get();
            var partition = new TopicPartition(told.topic(), told.partition());
            long end = told.offset() + 1;
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
        Map<String, Verdict> last = breached();
        assertThat(last).containsKeys("I1", "I3");
    }

    private static ConsumerRecord<byte[], byte[]> firstBill() {
        var bytes = new ByteArrayDeserializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", ground.text("ISTHMUS_KAFKA"));
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor("isthmus.bill.v1").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var record : consumer.poll(java.time.Duration.ofSeconds(1))) {
                    return record;
                }
            }
        }
    }

    private static void send(ConsumerRecord<byte[], byte[]> like, byte[] value)
            throws InterruptedException, ExecutionException {
        var bytes = new ByteArraySerializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", ground.text("ISTHMUS_KAFKA"));
        try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
            producer.send(new ProducerRecord<>(like.topic(), like.partition(), like.key(), value))
                    .get();
        }
    }

    private static void execute(String sql) throws Exception {
        try (var connection = ground.store();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, Verdict> breached() throws Exception {
        return breached(ground);
    }

    private static Map<String, Verdict> breached(Ground where) throws Exception {
        Map<String, Verdict> breached = new TreeMap<>();
        for (Verdict verdict : IsthmusCheck.check(where, null, null)) {
            if (!verdict.holds()) {
                breached.put(verdict.invariant(), verdict);
            }
        }
        return breached;
    }
}
