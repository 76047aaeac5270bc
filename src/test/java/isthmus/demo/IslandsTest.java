package isthmus.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IslandsTest {
    private static final Path BROKER = Path.of("target/demo-broker");

    @TempDir
    Path dir;

    @Test
    void keepsWhatEveryServerHoldsAcrossARestart() throws Exception {
        long rows;
        String cluster;
        String hostKey;
        try (Islands islands = Islands.start(options(100))) {
            rows = billingRows(islands);
            hostKey = key(islands);
            cluster = writeToKafka(islands);
            store(islands, "create table kept(x int)");
            Files.writeString(dir.resolve("sftp/archive/kept.csv"), "kept");
            islands.tide();
        }

        var told = new ArrayList<String>();
        try (Islands islands = Islands.start(new IslandsOptions(dir, BROKER, 99, 7, 1, "nasty", text -> {
            synchronized (told) {
                told.add(text);
            }
        }))) {
            assertThat(billingRows(islands)).isGreaterThanOrEqualTo(rows).isPositive();
            assertThat(told).containsExactlyInAnyOrder("billing is up", "store is up", "kafka is up");
            assertThat(key(islands)).isEqualTo(hostKey);
            assertThat(readFromKafka(islands)).isEqualTo(cluster + " kept");
            store(islands, "insert into kept values (1)");
            assertThat(dir.resolve("sftp/archive/kept.csv")).hasContent("kept");
            assertThat(dir.resolve("islands.json")).content().contains("\"scale\" : 100");
        }
    }

    @Test
    void refusesADirectoryThatHoldsOtherThings() throws IOException {
        Files.writeString(dir.resolve("letter.txt"), "dear");

        assertThatThrownBy(() -> Islands.start(options(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other things");

        assertThat(dir.resolve("letter.txt")).exists();
    }

    @Test
    void refusesADirectoryThatIsInUse() throws IOException {
        try (var held = DataDirectory.open(dir)) {
            assertThatThrownBy(() -> Islands.start(options(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(held.path() + " is in use");
        }
    }

    @Test
    void stopsTheServersThatCameUpWhenOneDoesNot() {
        var options = new IslandsOptions(dir, dir.resolve("no-such-jars"), 1, 10, 1, "none", text -> {});

        assertThatThrownBy(() -> Islands.start(options)).hasMessageContaining("no broker jars");

        assertThat(dir.resolve("islands.json")).doesNotExist();
        assertThat(dir.resolve("pid")).isEmptyDirectory();
    }

    @Test
    void namesEveryVariableThatTheHubReads() throws Exception {
        try (Islands islands = Islands.start(options(10))) {
            assertThat(islands.environment())
                    .containsOnlyKeys(
                            "ISTHMUS_STORE_URL",
                            "ISTHMUS_STORE_USER",
                            "ISTHMUS_STORE_PASSWORD",
                            "ISTHMUS_KAFKA",
                            "BILLING_URL",
                            "BILLING_USER",
                            "BILLING_PASSWORD",
                            "METERING_HOST",
                            "METERING_PORT",
                            "METERING_USER",
                            "METERING_PASSWORD",
                            "METERING_TRANSPORT",
                            "METERING_HOST_KEY",
                            "CRM_URL",
                            "CRM_USER",
                            "CRM_PASSWORD",
                            "ISTHMUS_HMAC_KEY",
                            "ISTHMUS_SEAL_KEY");
            assertThatThrownBy(() ->
                            DriverManager.getConnection(variable(islands, "ISTHMUS_STORE_URL"), "isthmus", "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> billing(islands, "delete from C_CONS"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void servesTheIslandsAloneUnderANameForANetworkOfContainers() throws Exception {
        var alone = new IslandsOptions(dir, BROKER, 1, 10, 1, "none", "ftps", "localhost", text -> {});
        Path forAHub = dir.resolve("hub.properties");
        try (Islands islands = Islands.start(alone)) {
            assertThat(islands.environment().keySet()).noneMatch(name -> name.startsWith("ISTHMUS_"));
            assertThat(variable(islands, "METERING_TRANSPORT")).isEqualTo("ftps");
            assertThat(variable(islands, "METERING_HOST")).isEqualTo("localhost");
            assertThat(variable(islands, "CRM_URL")).startsWith("http://localhost:");
            assertThat(billingRows(islands)).isPositive();
            var told = new Properties();
            try (var reader = Files.newBufferedReader(forAHub)) {
                told.load(reader);
            }
            assertThat(told).isEqualTo(islands.environment());
            assertThat(dir.resolve("pid")).isDirectoryNotContaining("glob:**kafka");
        }
        assertThat(forAHub).doesNotExist();
    }

    private IslandsOptions options(int scale) {
        return new IslandsOptions(dir, BROKER, 1, scale, 1, "none", text -> {});
    }

    private static String variable(Islands islands, String name) {
        return islands.environment().getOrDefault(name, "");
    }

    /** The known-hosts line without its port, which may change. */
    private static String key(Islands islands) {
        String line = variable(islands, "METERING_HOST_KEY");
        return line.substring(line.indexOf(' '));
    }

    private static long billingRows(Islands islands) throws SQLException {
        try (Connection connection = billing(islands);
                var rows = connection.createStatement().executeQuery("select count(*) from C_CONS")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection billing(Islands islands) throws SQLException {
        return DriverManager.getConnection(
                variable(islands, "BILLING_URL"),
                variable(islands, "BILLING_USER"),
                variable(islands, "BILLING_PASSWORD"));
    }

    private static void billing(Islands islands, String sql) throws SQLException {
        try (Connection connection = billing(islands);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void store(Islands islands, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        variable(islands, "ISTHMUS_STORE_URL"),
                        variable(islands, "ISTHMUS_STORE_USER"),
                        variable(islands, "ISTHMUS_STORE_PASSWORD"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String writeToKafka(Islands islands) throws Exception {
        try (Admin admin = Admin.create(kafka(islands));
                var producer = new KafkaProducer<>(kafka(islands), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(
                            new NewTopic("kept", Map.of(0, List.of(1))).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("kept", "key", "kept")).get();
            return admin.describeCluster().clusterId().get();
        }
    }

    private static String readFromKafka(Islands islands) throws Exception {
        var partition = new TopicPartition("kept", 0);
        try (Admin admin = Admin.create(kafka(islands));
                var consumer =
                        new KafkaConsumer<>(kafka(islands), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(20)).records(partition);
            return admin.describeCluster().clusterId().get() + " "
                    + records.get(0).value();
        }
    }

    private static Properties kafka(Islands islands) {
        var properties = new Properties();
        properties.setProperty("bootstrap.servers", variable(islands, "ISTHMUS_KAFKA"));
        return properties;
    }
}
