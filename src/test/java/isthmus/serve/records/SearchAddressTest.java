package isthmus.serve.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchAddressTest {
    private static final String NO = "3100000001";

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        Town town = new Town(service.store);
        town.household(1, 3);
        town.household(2, 3);
        town.meter("old", "1", "MP9", "MP" + NO);
        town.put("billing", "tariff", "A/2020-01-01", "A", LocalDate.of(2020, 1, 1), LocalDate.of(2025, 1, 1), code());
        town.put("billing", "tariff", "A/2025-01-01", "A", LocalDate.of(2025, 1, 1), null, code());
        town.reading("M" + NO, "MP" + NO, LocalDate.of(2026, 10, 1));
        town.reading("M" + NO, "MP" + NO, LocalDate.of(2026, 11, 1));
        town.request("W1", "open", Map.of("account", NO));
        town.request("W2", "closed", Map.of("servicePoint", "MP" + NO));
        town.request("W3", "open", Map.of("customer", "C1"));
        town.payment("gone", NO, LocalDate.of(2026, 1, 1));
        town.delete("billing", "payment", "gone");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void businessKeysFindTheirRecords() throws Exception {
        found("account?accountNo=" + NO, NO);
        found("servicepoint?servicePointNo=MP" + NO, "MP" + NO, "MP" + NO);
        found("meter?assetNo=M" + NO, "M" + NO);
        found("meter?commAddress=0000" + NO, "M" + NO);
        found("tariff?code=A", "A/2020-01-01", "A/2025-01-01");
        found("tariff?code=A&validAt=2025-01-01", "A/2025-01-01");
    }

    @Test
    void aNativeKeyFindsTheRecordsOfEverySiloOrOfOne() throws Exception {
        found("bill?key=" + NO + "/202502/1", NO + "/202502/1");
        found("servicepoint?key=MP" + NO, "MP" + NO, "MP" + NO);
        found("servicepoint?key=MP" + NO + "&silo=metering", "MP" + NO);
        found("customer?silo=crm", "C1", "C2");
        found("customer?silo=nowhere");
    }

    @Test
    void aReferenceIsGivenByIdOrByNumber() throws Exception {
        String account = Service.encoded(Town.id("billing", "account", NO));
        List<String> bills = List.of(NO + "/202501/1", NO + "/202502/1", NO + "/202503/1");

        assertThat(keys("bill?account=" + NO)).isEqualTo(bills);
        assertThat(keys("bill?account=" + account)).isEqualTo(bills);
        found("payment?account=" + NO, "P" + NO + "-1", "P" + NO + "-2", "P" + NO + "-3");
        found("account?customer=acct-" + NO, NO);
        found("account?servicePoint=MP" + NO, NO);
        found("servicepoint?account=" + NO, "MP" + NO, "MP" + NO);
        found("customer?account=" + NO, "acct-" + NO, "C1");
        found("meter?servicePoint=MP" + NO, "M" + NO, "old");
        found("servicerequest?account=" + account, "W1");
        found("servicerequest?servicePoint=MP" + NO, "W2");
        found("servicerequest?customer=C1", "W3");
    }

    @Test
    void anIdOfAnotherSystemStandsForItsNumber() throws Exception {
        String billing = Service.encoded(Town.id("billing", "servicepoint", "MP" + NO));

        assertThat(keys("registerreading?servicePoint=" + billing)).hasSize(2);
        refused("registerreading?servicePoint=" + Service.encoded(Town.id("billing", "account", NO)), "servicePoint");
    }

    @Test
    void fromAndToCutASpanOutOfWhatAReferenceFinds() throws Exception {
        found("bill?account=" + NO + "&from=2025-02-01&to=2025-03-01", NO + "/202502/1");
        found("payment?account=" + NO + "&from=2025-03-10&to=2025-03-11", "P" + NO + "-2");
        assertThat(keys("registerreading?servicePoint=MP" + NO + "&to=2026-11-01"))
                .containsExactly("M" + NO + "/2026-10-01/raw");
        refused("bill?from=2025-02-01", "from");
        refused("bill?account=" + NO + "&from=2025-02-01&to=2025-02-01", "to");
        refused("account?from=2025-02-01", "from");
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndWithoutRepeat() throws Exception {
        List<String> seen = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = service.json("/api/v1/bill?limit=4&fields=id" + next);
            page.path("items").forEach(item -> seen.add(item.at("/record/id").asText()));
            next = page.has("next") ? "&after=" + page.path("next").asText() : null;
            pages++;
        } while (next != null);

        assertThat(pages).isEqualTo(2);
        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void changesComeInTheOrderInWhichTheyBecameKnownTombstonesWithThem() throws Exception {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.json("/api/v1/payment?changedSince=2020-01-01T00:00:00Z&limit=3" + next);
            page.path("items")
                    .forEach(item -> seen.add(item.at("/meta/recorded").asText()
                            + (item.at("/meta/deleted").asBoolean() ? " gone" : "")));
            next = page.has("next") ? "&after=" + page.path("next").asText() : null;
        } while (next != null);

        assertThat(seen).hasSize(7).isSorted();
        assertThat(seen.get(6)).endsWith(" gone");
        found("payment?changedSince=2199-01-01T00:00:00%2B08:00");
    }

    @Test
    void tooLargeALimitIsClampedAndSaid() throws Exception {
        assertThat(service.get("/api/v1/bill?limit=5000").body()).endsWith("],\"limit\":1000,\"clamped\":true}");
        assertThat(service.get("/api/v1/bill").body()).endsWith("],\"limit\":100}");
        refused("bill?limit=0", "limit");
        refused("bill?limit=-1", "limit");
    }

    @Test
    void whatIsNoPositionOfThisSearchIsRefused() throws Exception {
        String next = service.json("/api/v1/bill?limit=1").path("next").asText();

        for (String after : List.of("x", "%25%25", "dXJuOg", Service.encoded("' or 1=1"))) {
            problem("bill?after=" + after, 400, "API-POSITION", "after");
        }
        problem("bill?changedSince=2020-01-01T00:00:00Z&after=" + next, 400, "API-POSITION", "after");
        problem("payment?after=" + next, 400, "API-POSITION", "after");
    }

    @Test
    void whatIsNoParameterIsRefusedByName() throws Exception {
        refused("bill?acount=1", "acount");
        refused("bill?assetNo=1", "assetNo");
        refused("bill?account=1&account=2", "account");
        refused("bill?key=%00", "key");
        refused("bill?account=1&from=%2B9999999-01-01", "from");
        refused("bill?account=1&validAt=0000-01-01", "validAt");
        problem("cat?key=1", 404, "API-UNKNOWN", null);
    }

    @Test
    void whatLooksLikeSqlFindsNothing() throws Exception {
        for (String trick : List.of("' or '1'='1", "1); drop table record; --", "%", "{1,2}", "\\", "\"", "$1")) {
            found("account?accountNo=" + Service.encoded(trick));
            found("bill?account=" + Service.encoded(trick));
            found("account?servicePoint=" + Service.encoded(trick));
            found("bill?silo=" + Service.encoded(trick));
        }
    }

    private static Map<String, Object> code() {
        return Map.of("code", "A");
    }

    private static List<String> keys(String search) throws Exception {
        List<String> keys = new ArrayList<>();
        HttpResponse<String> answer = service.get("/api/v1/" + search);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        new ObjectMapper()
                .readTree(answer.body())
                .path("items")
                .forEach(item -> keys.add(item.at("/record/id").asText().split(":", 6)[5]));
        return keys;
    }

    private static void found(String search, String... keys) throws Exception {
        assertThat(keys(search)).as(search).containsExactlyInAnyOrder(keys);
    }

    private static void refused(String search, String field) throws Exception {
        problem(search, 400, "API-PARAMETER", field);
    }

    private static void problem(String search, int status, String code, @Nullable String field) throws Exception {
        HttpResponse<String> answer = service.get("/api/v1/" + search);
        assertThat(answer.statusCode()).as(search).isEqualTo(status);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
    }
}
