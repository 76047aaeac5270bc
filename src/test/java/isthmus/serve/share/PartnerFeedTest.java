package isthmus.serve.share;

import static isthmus.serve.share.Town.FINANCE;
import static isthmus.serve.share.Town.TELECOM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.store.Cargo;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a partner hears of what changes. */
class PartnerFeedTest {
    private static final String CUSTOMERS = "/feed/v1/customer?";

    private final Town town = new Town();

    @AfterEach
    void stop() {
        town.close();
    }

    private static List<String> told(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asText().split("\\.")[3] + " "
                        + event.at("/data/record/kind").asText())
                .toList();
    }

    @Test
    void anEventIsAnEnvelopeOfItsOwnWithTheGrantedFields() throws Exception {
        town.say(Town.customer("C4711", 1, FINANCE));
        town.grant("bank-a", FINANCE, "customer", "kind");
        town.grant("bank-b", FINANCE, "customer", "kind");

        JsonNode event = town.events("bank-a", CUSTOMERS + "limit=10").get(0);
        JsonNode again = town.events("bank-a", CUSTOMERS + "limit=10").get(0);
        JsonNode others = town.events("bank-b", CUSTOMERS + "limit=10").get(0);

        String id = event.path("subject").asText();
        assertThat(id).startsWith("urn:isthmus:partner:bank-a:customer:");
        assertThat(event.path("data").toString()).isEqualTo("{\"record\":{\"id\":\"" + id + "\",\"kind\":\"person\"}}");
        assertThat(event.properties().stream().map(member -> member.getKey()))
                .containsExactly(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "subject",
                        "time",
                        "datacontenttype",
                        "partitionkey",
                        "dataclassification",
                        "dataregulation",
                        "data");
        assertThat(event).isEqualTo(again);
        assertThat(event.path("id")).isNotEqualTo(others.path("id"));
        assertThat(town.ask("bank-a", CUSTOMERS + "limit=10").body()).doesNotContain("4711", "billing", "sha256", "yj");
    }

    @Test
    void theStateTellsWhoConsentsNowAndThenWhatChanges() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE), Town.customer("C2", 1), Town.customer("C3", 1, "!" + FINANCE));
        town.grant("bank-a", FINANCE, "customer", "kind");

        assertThat(told(town.events("bank-a", CUSTOMERS + "from=beginning"))).containsExactly("upsert person");

        String end = town.end("bank-a", CUSTOMERS + "from=beginning");
        town.say(Town.customer("C2", 2, FINANCE), Town.customer("C3", 2, "!" + FINANCE, TELECOM));

        assertThat(told(town.events("bank-a", CUSTOMERS + "after=" + end)))
                .as("who has never said yes is left out")
                .containsExactly("upsert person");
    }

    @Test
    void whoWithdrawsIsToldAsADelete() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE), Town.account("A1", 1, "C1"));
        town.grant("bank-a", FINANCE, "customer", "kind");
        town.grant("bank-a", FINANCE, "account", "accountNo");
        String id = town.events("bank-a", CUSTOMERS).get(0).path("subject").asText();
        String end = town.end("bank-a", CUSTOMERS);

        town.say(Town.customer("C1", 2, "!" + FINANCE), Town.account("A1", 2, "C1"));

        List<JsonNode> events = town.events("bank-a", CUSTOMERS + "after=" + end);
        assertThat(told(events)).containsExactly("delete ");
        assertThat(events.get(0).path("data").toString()).isEqualTo("{\"record\":{\"id\":\"" + id + "\"}}");
        assertThat(town.events("bank-a", CUSTOMERS + "after=" + end)).isEqualTo(events);
        assertThat(told(town.events("bank-a", "/feed/v1/account?after=" + end)))
                .as("what belongs to who has withdrawn is taken back when it changes")
                .containsExactly("delete ");
        assertThat(town.events("bank-a", CUSTOMERS + "from=beginning")).isEmpty();
    }

    @Test
    void aNoSaidElsewhereTakesEveryRecordOfThePersonBack() throws Exception {
        town.say(Town.customer("crm", 1, FINANCE), Town.customer("billing", 1));
        town.link("crm", "billing");
        town.grant("bank-a", FINANCE, "customer", "kind");
        List<String> known = town.events("bank-a", CUSTOMERS).stream()
                .map(event -> event.path("subject").asText())
                .toList();
        String end = town.end("bank-a", CUSTOMERS);

        town.say(Town.customer("crm", 2, "!" + FINANCE));

        assertThat(known).hasSize(2);
        assertThat(town.events("bank-a", CUSTOMERS + "after=" + end))
                .extracting(event -> event.path("subject").asText())
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void whoIsDeletedIsToldToThoseWhoMayHaveTheRecord() throws Exception {
        town.say(
                Town.customer("C1", 1, FINANCE),
                Town.customer("C2", 1),
                Town.account("A1", 1, "C1"),
                Town.bill("B1", 1, "A1", "1.00"),
                Town.bill("B2", 1, "A2", "1.00"));
        town.grant("bank-a", FINANCE, "customer", "kind");
        town.grant("bank-a", FINANCE, "bill", "amounts.total");
        String id =
                town.events("bank-a", "/feed/v1/bill").get(0).path("subject").asText();
        String end = town.end("bank-a", "/feed/v1/bill");

        town.say(
                Cargo.deleted("bill", "B1", 2),
                Cargo.deleted("bill", "B2", 2),
                Cargo.deleted("customer", "C1", 2),
                Cargo.deleted("customer", "C2", 2));

        List<JsonNode> bills = town.events("bank-a", "/feed/v1/bill?after=" + end);
        assertThat(told(bills)).containsExactly("delete ");
        assertThat(bills.get(0).path("data").toString()).isEqualTo("{\"record\":{\"id\":\"" + id + "\"}}");
        assertThat(told(town.events("bank-a", CUSTOMERS + "after=" + end))).containsExactly("delete ");
    }

    @Test
    void positionsMoveOnOverWhatIsLeftOutAndAreThePartnersOwn() throws Exception {
        for (int i = 1; i <= 20; i++) {
            town.say(i % 10 == 0 ? Town.customer("C" + i, 1, FINANCE) : Town.customer("C" + i, 1));
        }
        town.grant("bank-a", FINANCE, "customer", "kind");
        town.grant("bank-b", FINANCE, "customer", "kind");

        String end = town.end("bank-a", CUSTOMERS + "limit=1");
        assertThat(town.events("bank-a", CUSTOMERS + "limit=1&after=" + end)).hasSize(1);
        assertThat(town.events("bank-a", CUSTOMERS + "after=" + town.end("bank-a", CUSTOMERS)))
                .isEmpty();
        assertThat(end).doesNotContain("C10", "~");
        assertThat(town.ask("bank-b", CUSTOMERS + "after=" + end).body()).contains("API-POSITION");
        assertThat(town.ask("bank-a", CUSTOMERS + "after=3").body()).contains("API-POSITION");
        assertThat(town.ask("bank-a", CUSTOMERS + "after=now").statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamEndsWithItsGrant() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE));
        long grant = town.grant("bank-a", FINANCE, "customer", "kind").id();

        HttpResponse<java.io.InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(town.service.address() + "/feed/v1/customer"))
                                .header("X-Api-Key", town.key("bank-a"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(line).contains("urn:isthmus:partner:bank-a").doesNotContain("yj");

            town.grants(town.store.clock).revoke(grant, "contract ended", "clerk");
            town.say(Town.customer("C1", 2, FINANCE));

            assertThat(lines.lines().toList())
                    .as("up to its end")
                    .contains("event: problem", "data: {\"code\":\"API-RIGHT\"}")
                    .noneMatch(next -> next.contains("kind"));
        }
    }
}
