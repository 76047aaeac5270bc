package isthmus.serve.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Fact;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordAddressTest {
    private static final String BILL = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1"));
    private static final String GONE = "/api/v1/account/" + Service.encoded(Cargo.urn("account", "gone"));
    private static final String HOUSE = "/api/v1/account/" + Service.encoded(Town.id("billing", "account", "31"));

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 1, "12.00")));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 2, "13.00")));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.account("gone", 1)));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "gone", 2)));
        new Town(service.store).account("31", "2020-01-01", "2026-05-01", "MP1", "MP2");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aRecordIsAnsweredWithItsOwnBytes() throws Exception {
        HttpResponse<String> answer = service.get(BILL);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode said = new ObjectMapper().readTree(answer.body());
        assertThat(said.at("/meta/entity").asText()).isEqualTo("bill");
        assertThat(said.at("/meta/contenthash").asText()).startsWith("sha256:");
        assertThat(answer.body()).endsWith("\"record\":" + body("record where id like '%:bill:310/202610/1'") + "}");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache, private");
    }

    @Test
    void headSaysTheSameWithoutTheBytes() throws Exception {
        HttpResponse<String> got = service.get(BILL);

        HttpResponse<String> head = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + BILL))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(got.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(got.headers().firstValue("Content-Length"));
    }

    @Test
    void whoKnowsItAlreadyIsSpared() throws Exception {
        String tag = service.get(BILL).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = service.get(BILL, "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aFlagThatIsTakenAwayIsNewToWhoKnewTheRecord() throws Exception {
        // given a bill that came before its account
        Fact.Ref account = new Fact.Ref("/account", Cargo.urn("account", "late"));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("early", 1, "1.00", account)));
        String path = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "early"));
        HttpResponse<String> before = service.get(path);
        assertThat(before.body()).contains("REF-PENDING");

        // when the account comes
        service.store.chunks.commit(Cargo.chunk(1, Cargo.account("late", 1)));
        service.store.heal("billing");
        HttpResponse<String> after = service.get(
                path, "If-None-Match", before.headers().firstValue("ETag").orElseThrow());

        // then the flag is gone for those who had the record, too
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).doesNotContain("REF-PENDING");
    }

    @Test
    void onlyTheWantedFieldsAreSaidAndAlwaysTheId() throws Exception {
        JsonNode names = service.json(BILL + "?fields=note,nothing").path("record");
        JsonNode pointers = service.json(HOUSE + "?fields=/servicePoints/1/servicePoint,/accountNo/deeper")
                .path("record");

        assertThat(names.properties()).extracting(member -> member.getKey()).containsExactly("id", "note");
        assertThat(pointers.toString())
                .isEqualTo("{\"id\":\"" + Town.id("billing", "account", "31")
                        + "\",\"servicePoints\":[{\"servicePoint\":\"" + Town.id("billing", "servicepoint", "MP2")
                        + "\"}]}");
    }

    @Test
    void asOfSaysWhatTheHubKnewThen() throws Exception {
        String second = service.json(BILL).at("/meta/recorded").asText();
        String first = service.store
                .sql
                .sql("select to_char(recorded_from at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from record_history where id like '%:bill:310/202610/1'")
                .query(String.class)
                .single();

        JsonNode then = service.json(BILL + "?asOf=" + first);
        JsonNode now = service.json(BILL + "?asOf=" + second);

        assertThat(then.at("/record/amounts/total").asText()).isEqualTo("12.00");
        assertThat(then.at("/meta/superseded").asText()).isEqualTo(second);
        assertThat(then.at("/meta/silo").asText()).isEqualTo("billing");
        assertThat(then.at("/meta/time").asText()).isEqualTo("2026-11-02T01:00:03Z");
        assertThat(now.at("/record/amounts/total").asText()).isEqualTo("13.00");
        assertThat(now.at("/meta").has("superseded")).isFalse();
        problem(BILL + "?asOf=2001-01-01T00:00:00+08:00", 404, "API-UNKNOWN", null);
    }

    @Test
    void aVersionThatIsOlderThanTheTimesOfTheHistoryHasThatOfItsSequence() throws Exception {
        String path = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "old"));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("old", 4, "12.00")));
        String first = service.json(path).at("/meta/recorded").asText();
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("old", 5, "13.00")));

        service.store
                .sql
                .sql("update record_history set time = null where id = ?")
                .param(Cargo.urn("bill", "old"))
                .update();

        JsonNode then = service.json(path + "?asOf=" + first);
        JsonNode versions = service.json(path + "/trace").path("versions");
        assertThat(then.at("/meta/time").asText()).isEqualTo("2026-11-02T01:00:03.004Z");
        assertThat(versions.at("/0/time").asText()).isEqualTo("2026-11-02T01:00:03Z");
        assertThat(versions.at("/1/time").asText()).isEqualTo("2026-11-02T01:00:03.004Z");
    }

    @Test
    void whatIsDeletedIsSaidToBeSoAndCanStillBeSeenAsItWas() throws Exception {
        String before = service.store
                .sql
                .sql("select to_char(recorded_from at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from record_history where entity = 'account'")
                .query(String.class)
                .single();

        problem(GONE, 410, "API-DELETED", null);
        assertThat(service.json(GONE + "?asOf=" + before).at("/record/v").asInt())
                .isEqualTo(1);
    }

    @Test
    void validAtAsksForADayOnWhichTheRecordHolds() throws Exception {
        assertThat(service.get(HOUSE + "?validAt=2020-01-01").statusCode()).isEqualTo(200);
        assertThat(service.get(HOUSE + "?validAt=2026-04-30").statusCode()).isEqualTo(200);
        problem(HOUSE + "?validAt=2019-12-31", 404, "API-UNKNOWN", null);
        problem(HOUSE + "?validAt=2026-05-01", 404, "API-UNKNOWN", null);
    }

    @Test
    void whatIsNotThereIsAProblemWithItsCode() throws Exception {
        problem("/api/v1/bill/nothing", 404, "API-UNKNOWN", null);
        problem("/api/v1/cat/nothing", 404, "API-UNKNOWN", null);
        problem("/api/v1/bill/urn%3A%01", 404, "API-UNKNOWN", null);
        problem("/api/v1/bill/x'%20or%20'1'='1", 404, "API-UNKNOWN", null);
    }

    @Test
    void aParameterThatIsNotOfItsFormIsRefusedByName() throws Exception {
        problem(BILL + "?asof=2026-11-02T00:00:00Z", 400, "API-PARAMETER", "asof");
        problem(BILL + "?asOf=yesterday", 400, "API-PARAMETER", "asOf");
        problem(BILL + "?validAt=2026-02-30", 400, "API-PARAMETER", "validAt");
        problem(BILL + "?fields=a%20b", 400, "API-PARAMETER", "fields");
        problem(BILL + "?fields=id&fields=note", 400, "API-PARAMETER", "fields");
        problem(BILL + "?fields=%00", 400, "API-PARAMETER", "fields");
        problem(BILL + "?%3Cscript%3E=1", 400, "API-PARAMETER", "query");
    }

    private static String body(String from) {
        return service.store
                .sql
                .sql("select body::text from " + from)
                .query(String.class)
                .single();
    }

    private static void problem(String path, int status, String code, @Nullable String field) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
    }
}
