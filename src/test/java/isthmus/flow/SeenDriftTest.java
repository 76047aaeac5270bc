package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.StoredHub.Ended;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and messages, which show what they hold only when they are read. */
@NullUnmarked
class SeenDriftTest {
    private static final Path ROUTES = Path.of("src/test/resources/routes-fourth");
    private static final String AGREED = "STATION;PLACE;TAKEN_AT;TOTAL";

    @TempDir
    Path folder;

    private final Store store = Store.fresh();

    @Test
    void readsAFileWithOneMoreColumnAtTheEndAndTellsIt() throws Exception {
        try (StoredHub hub = files()) {
            arrive("1101", AGREED, "S1;P1;2026-11-01 08:00:00;12.5");
            assertThat(hub.pull("weather", "station").isWhole()).isTrue();

            arrive("1102", AGREED + ";WIND", "S1;P1;2026-11-02 08:00:00;13.5;4", "S2;P1;2026-11-02 08:00:00;14.5");
            Ended ended = hub.pull("weather", "station");

            assertThat(ended.isWhole()).isTrue();
            assertThat(store.count("record where entity = 'registerreading'")).isEqualTo(2);
            assertThat(store.count("quarantine where reason = 'FIELD-COUNT'")).isEqualTo(1);
            assertThat(lastReason()).isEqualTo("nothing that is read has changed: + WIND");
        }
    }

    @Test
    void stopsBeforeAFileWhoseHeaderHasLostAColumnAndLeavesItWhereItLies() throws Exception {
        try (StoredHub hub = files()) {
            arrive("1101", AGREED, "S1;P1;2026-11-01 08:00:00;12.5");
            hub.pull("weather", "station");

            arrive("1102", "STATION;SITE;TAKEN_AT;TOTAL", "S1;P1;2026-11-02 08:00:00;13.5");
            Ended stopped = hub.pull("weather", "station");

            assertThat(stopped.reason()).isEqualTo("CONTRACT-DRIFT");
            assertThat(stopped.text()).contains("- PLACE, + SITE");
            assertThat(folder.resolve("in/station-20261102.csv")).exists();
            assertThat(store.count("quarantine")).isZero();

            arrive("1102", AGREED, "S1;P1;2026-11-02 08:00:00;13.5");

            assertThat(hub.pull("weather", "station").isWhole()).isTrue();
            assertThat(store.count("record where entity = 'registerreading'")).isEqualTo(2);
        }
    }

    @Test
    void readsAFileAgainThatWasTakenOutOfTheLedger() throws Exception {
        try (StoredHub hub = files()) {
            arrive("1101", AGREED, "S1;P1;2026-11-01 08:00:00;12.5");
            hub.pull("weather", "station");
            store.sql
                    .sql("delete from arrival where system = 'weather' and name = 'station-20261101.csv'")
                    .update();

            arrive("1101", AGREED, "S1;P1;2026-11-01 08:00:00;12.5");
            Ended again = hub.pull("weather", "station");

            assertThat(again.pieces()).isEqualTo(1);
            assertThat(again.balance().tallies().get("registerreading").applied())
                    .isZero();
        }
    }

    @Test
    void refusesAFileOfAnotherKindAloneAndGoesOn() throws Exception {
        try (StoredHub hub = files()) {
            arrive("1101", AGREED, "S1;P1;2026-11-01 08:00:00;12.5");
            hub.pull("weather", "station");

            arrive("1102", "NAME;AGE", "x;1");
            Ended ended = hub.pull("weather", "station");

            assertThat(ended.isWhole()).isTrue();
            assertThat(store.count("quarantine where reason = 'FILE-HEADER'")).isEqualTo(1);
            assertThat(folder.resolve("in")).isEmptyDirectory();
        }
    }

    @Test
    void tellsAnElementOfAMessageThatIsNewAndMissesNoneThatIsAway() throws Exception {
        try (Soap soap = new Soap();
                StoredHub hub = new StoredHub(Path.of("routes"), soap.environment(), store)) {
            soap.then(Soap.page("<c:customer><c:partyId>C1</c:partyId><c:nickname>x</c:nickname></c:customer>"));
            hub.pull("crm", "customer");
            soap.then(Soap.page("<c:customer><c:partyId>C1</c:partyId><c:mood>x</c:mood></c:customer>"));
            hub.pull("crm", "customer");
            soap.then(Soap.page("<c:customer><c:partyId>C1</c:partyId></c:customer>"));
            hub.pull("crm", "customer");

            assertThat(lastReason()).isEqualTo("nothing that is read has changed: + mood");
            assertThat(store.count("contract_agreed")).isEqualTo(2);
        }
    }

    @Test
    void stopsAMessageWhoseWsdlHasLostAnElementThatIsRead() throws Exception {
        String wsdl = Files.readString(Path.of("src/main/resources/isthmus/demo/CustomerService.wsdl"));
        try (Soap soap = new Soap();
                StoredHub hub = new StoredHub(Path.of("routes"), soap.environment(), store)) {
            hub.pull("crm", "customer");
            soap.wsdl = wsdl;
            assertThat(hub.pull("crm", "customer").isWhole()).isTrue();
            assertThat(lastReason()).isEqualTo("what was only seen is described now");

            soap.wsdl = wsdl.replace("name=\"mobile\"", "name=\"cell\"");
            assertThat(hub.pull("crm", "customer").text()).startsWith("- mobile string, + cell string;");

            soap.wsdl = wsdl.replace("name=\"granted\" type=\"xsd:string\"", "name=\"granted\" type=\"xsd:boolean\"");
            assertThat(hub.pull("crm", "customer").text())
                    .startsWith("- consents.granted string not null, + consents.granted boolean not null;");

            soap.wsdl = wsdl.replace("GetChangedCustomers", "ListCustomers");
            assertThat(hub.pull("crm", "customer").text()).startsWith("- operation GetChangedCustomers, + operation");

            soap.wsdl = wsdl.replace(
                    "name=\"deleted\"",
                    "name=\"mood\" type=\"xsd:string\" minOccurs=\"0\"/>" + "<xsd:element name=\"deleted\"");
            assertThat(hub.pull("crm", "customer").isWhole()).isTrue();
            assertThat(lastReason()).isEqualTo("nothing that is read has changed: + mood string");
        }
    }

    private StoredHub files() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        return new StoredHub(ROUTES, Map.of("WEATHER_FOLDER", folder.toString()), store);
    }

    private void arrive(String day, String... lines) throws IOException {
        Path file = folder.resolve("in/station-2026" + day + ".csv");
        Files.writeString(file, String.join("\n", lines) + "\n");
        Files.writeString(file.resolveSibling(file.getFileName() + ".ok"), "");
    }

    private String lastReason() {
        return store.sql
                .sql("select reason from contract_agreed order by id desc limit 1")
                .query(String.class)
                .single();
    }
}
