package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.flow.Maria;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engineer connects a database that nobody here knows, with the commands and a text editor. */
@NullUnmarked
class NewcomerTest {

    @TempDir
    Path home;

    private final Map<String, String> before = Map.of("isthmus.home", System.getProperty("isthmus.home", ""));

    @BeforeEach
    void anEmptyHouse() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/application.yaml"), home.resolve("config/application.yaml"));
        System.setProperty("isthmus.home", home.toString());
    }

    private static void aHarbourOffice() throws Exception {
        Maria maria = Maria.get();
        maria.run(
                "create database if not exists harbour",
                "drop table if exists harbour.RECEIPTS",
                "create table harbour.RECEIPTS (RECEIPT_NO bigint primary key, ACCOUNT_NO varchar(16), AMOUNT decimal(12,2),"
                        + " CHANNEL char(1), PAID_AT datetime, STATUS char(1), PAYER_NAME varchar(40),"
                        + " UPDATED_AT datetime not null, index (UPDATED_AT))",
                "insert into harbour.RECEIPTS values (1, 'A1', 12.50, 'C', '2026-11-01 08:00:00', 'S', '张三', '2026-11-01 08:00:01'),"
                        + " (2, 'A2', 9.99, 'X', '2026-11-01 09:00:00', 'S', '李四', '2026-11-01 09:00:01'),"
                        + " (3, '', 1.00, 'C', '2026-11-01 09:00:00', 'S', null, '2026-11-01 09:00:02')");
        try (Connection connection = maria.connect()) {
            System.setProperty("HARBOUR_URL", connection.getMetaData().getURL().replaceAll("/epm.*", "/harbour"));
        }
        System.setProperty("HARBOUR_USER", "root");
        System.setProperty("HARBOUR_PASSWORD", "");
    }

    @AfterEach
    void leave() {
        System.setProperty("isthmus.home", before.get("isthmus.home"));
    }

    @Test
    void connectsAnUnknownDatabaseWithSixtyLinesOfYaml() throws Exception {
        // given a folder made by the commands
        aHarbourOffice();
        assertThat(isthmus("new", "harbour", "--from", "jdbc", "--bare").exitCode())
                .isZero();
        Told tables = isthmus("discover", "harbour");
        assertThat(tables.answer().get(0).path("table").asText()).isEqualTo("RECEIPTS");
        assertThat(tables.answer().get(0).path("key").asText()).isEqualTo("RECEIPT_NO");
        assertThat(tables.answer().get(0).path("change time").asText()).isEqualTo("UPDATED_AT");
        assertThat(isthmus("discover", "harbour", "RECEIPTS", "--entity", "payment", "--write")
                        .exitCode())
                .isZero();
        Path folder = home.resolve("routes/harbour");
        assertThat(Files.readString(folder.resolve("system.yaml"))).contains("PAYER_NAME: text classified");

        // when the engineer fills in the codes, as lint and dryrun ask for them
        Files.writeString(folder.resolve("codes/payment.CHANNEL.csv"), "code,value,comment\nC,counter,\n1,counter,\n");
        Files.writeString(folder.resolve("codes/payment.STATUS.csv"), "code,value,comment\nS,settled,\n1,settled,\n");
        assertThat(isthmus("test", "harbour", "--update").exitCode()).isZero();

        // then the folder is sound, and small
        Told lint = isthmus("lint", "harbour");
        assertThat(lint.answer()).isEmpty();
        long lines = Files.readAllLines(folder.resolve("system.yaml")).size()
                + Files.readAllLines(folder.resolve("payment.mapping.yaml")).size();
        assertThat(lines).isLessThanOrEqualTo(60);
        assertThat(isthmus("test", "harbour").exitCode()).isZero();

        // and a dry run tells what would come, what would not, and shows no name
        Told dry = isthmus("dryrun", "harbour", "payment");
        JsonNode report = dry.answer().path("reports").get(0);
        JsonNode payment = report.path("entities").path("payment");
        assertThat(payment.path("accepted").asLong()).isEqualTo(2);
        assertThat(payment.path("rejected")
                        .path("KEY-INVALID account")
                        .path("count")
                        .asLong())
                .as("%s", dry.answer())
                .isEqualTo(1);
        assertThat(report.path("unmappedCodes").path("payment.CHANNEL X").asLong())
                .isEqualTo(1);
        assertThat(dry.answer().toString()).doesNotContain("张三");
        assertThat(report.path("compared").asBoolean()).isFalse();

        // and a check finds the index; the embedded server keeps no grants
        Told check = isthmus("check", "harbour", "--watch", "PT0S");
        assertThat(found(check, "cursor")).isEqualTo("true UPDATED_AT is indexed");
        assertThat(found(check, "key")).isEqualTo("true [RECEIPT_NO] is unique in RECEIPTS");
        assertThat(found(check, "rights")).startsWith("true the server does not tell");
        assertThat(found(check, "page")).startsWith("true 3 pieces in ");
    }

    @Test
    void seesWhatFilesLookLike() throws Exception {
        Path in = Files.createDirectories(home.resolve("files/in"));
        Files.write(
                in.resolve("stations-20261101.csv"),
                "STATION;PLACE;TAKEN_AT;TOTAL\nS1;大坝;2026-11-01 08:00:00;12.50\n"
                        .getBytes(java.nio.charset.Charset.forName("GB18030")));
        System.setProperty("STATIONS_FOLDER", home.resolve("files").toString());
        assertThat(isthmus("new", "stations", "--from", "file", "--bare").exitCode())
                .isZero();

        JsonNode found = isthmus("discover", "stations").answer().get(0);
        assertThat(found.path("like").asText()).isEqualTo("stations-00000000.csv");
        assertThat(found.path("charset").asText()).isEqualTo("GB18030");
        assertThat(found.path("delimiter").asText()).isEqualTo(";");
        Told draft = isthmus("discover", "stations", "/in", "--entity", "registerreading", "--pull", "station");
        assertThat(draft.answer().path("pull").asText())
                .contains(
                        "TAKEN_AT: time",
                        "TOTAL: decimal(2)",
                        "delimiter: \";\"",
                        "pattern: '^stations-[0-9]+\\.csv$'");
        assertThat(draft.answer().path("about").asText()).endsWith("system.yaml says UTF-8");
        assertThat(in).isDirectoryContaining("glob:**stations-20261101.csv");

        Files.writeString(in.resolve("broken.csv.gz"), "no archive");
        assertThat(isthmus("discover", "stations").answer())
                .extracting(row ->
                        row.path("like").asText() + " " + row.path("charset").asText())
                .contains("broken.csv.gz unknown");
        assertThat(isthmus("discover", "stations", "/in/broken.csv.gz").exitCode())
                .isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void connectsAFolderOfMeterDataWithTheStandardItIsIn() throws Exception {
        Path in = Files.createDirectories(home.resolve("files/in"));
        String values = ",0.5".repeat(48);
        Files.writeString(
                in.resolve("nem12_20261102.csv"),
                "100,NEM12,202611020300,MDP1,RET1\n200,NMI0000001,E1,1,E1,N1,METER1,kWh,30,\n300,20261101" + values
                        + ",A,,,20261102030000,\n900\n");
        Files.writeString(
                in.resolve("register.csv"),
                "100,NEM13,202611020300,MDP1,RET1\n"
                        + "250,NMI0000002,11,1,11,11,METER2,E,006342.8,20260803093055,A,,,007654.9,20261107100333,A,,,1312.1,kWh,,,\n"
                        + "900\n");
        System.setProperty("METERS_FOLDER", home.resolve("files").toString());
        assertThat(isthmus("new", "meters", "--from", "file", "--bare").exitCode())
                .isZero();

        assertThat(isthmus("discover", "meters").answer())
                .extracting(row -> row.path("format").asText())
                .containsExactly("NEM12", "NEM13");
        Told days = isthmus("discover", "meters", "/in", "--pull", "day", "--write");
        assertThat(days.exitCode()).as("%s", days.answer()).isZero();
        assertThat(isthmus("discover", "meters", "/in/register.csv", "--write").exitCode())
                .isZero();

        Path folder = home.resolve("routes/meters");
        Path card = folder.resolve("system.yaml");
        assertThat(Files.readString(card)).contains("pattern: '^register\\.csv$'");
        Files.writeString(card, Files.readString(card).replace("zone: Asia/Shanghai", "zone: Australia/Brisbane"));
        assertThat(isthmus("test", "meters", "--update").exitCode()).isZero();
        assertThat(isthmus("lint", "meters").answer()).isEmpty();
        String yaml = Files.readString(folder.resolve("intervalblock.mapping.yaml"))
                + Files.readString(card).replaceFirst("(?s)\n  accumulation:.*", "\n");
        long lines = yaml.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .count();
        assertThat(lines).isLessThanOrEqualTo(60);

        JsonNode reports = isthmus("dryrun", "meters").answer().path("reports");
        JsonNode day = reports.get(0).path("entities").path("intervalblock");
        assertThat(day.path("accepted").asLong()).as("%s", reports).isEqualTo(1);
        assertThat(day.toString()).contains("NMI0000001");
        assertThat(reports.get(1)
                        .path("entities")
                        .path("registerreading")
                        .path("accepted")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void everyScaffoldIsSoundFromTheStart() throws Exception {
        for (String transport : new String[] {"jdbc", "sftp", "file", "soap"}) {
            Told made = isthmus("new", "trial-" + transport, "--from", transport);
            assertThat(made.exitCode()).as("%s", made.answer()).isZero();
            assertThat(isthmus("test", "trial-" + transport).answer()).hasSize(2);
        }
        assertThat(isthmus("lint").answer()).isEmpty();
        assertThat(isthmus("new", "trial-jdbc", "--from", "jdbc").exitCode()).isEqualTo(Exit.REFUSED);
    }

    private static String found(Told check, String what) {
        for (JsonNode one : check.answer()) {
            if (one.path("what").asText().equals(what)) {
                return one.path("isWell").asText() + " " + one.path("found").asText();
            }
        }
        return "";
    }

    private record Told(int exitCode, JsonNode answer) {}

    private static Told isthmus(String... words) throws IOException {
        PrintStream console = System.out;
        var answer = new ByteArrayOutputStream();
        String[] command = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(words), java.util.stream.Stream.of("--json", "--quiet"))
                .toArray(String[]::new);
        System.setOut(new PrintStream(answer, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(command);
            return new Told(exitCode, new ObjectMapper().readTree(answer.toByteArray()));
        } finally {
            System.setOut(console);
        }
    }
}
