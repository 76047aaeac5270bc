package isthmus.serve.nights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.serve.Wire;
import isthmus.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NightsAddressTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Service service;
    private static Store store;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        service = Service.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void empty() {
        store.sql
                .sql(
                        "truncate reconcile_run, reconcile_break, reconcile_break_log, night_notice, reconcile_step, repair"
                                + " restart identity cascade")
                .update();
    }

    @Test
    void aNightIsAnsweredByteForByteAsItWasWrittenDown() throws Exception {
        String report = night(1, "GREEN", "");

        HttpResponse<String> answer = service.get("/api/v1/nights/1");

        assertThat(answer.body()).isEqualTo(report);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + hash("", report) + "\"");
        assertThat(service.get("/api/v1/nights/1", "If-None-Match", "\"" + hash("", report) + "\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aBrowserGetsThePage() throws Exception {
        night(1, "GREEN", "");

        HttpResponse<String> page =
                service.get("/api/v1/nights/1", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(service.get("/api/v1/nights/1", "Accept", "image/png").statusCode())
                .isEqualTo(406);
    }

    @Test
    void nightsAreListedTheNewestFirstPageByPage() throws Exception {
        String previous = "";
        for (int id = 1; id <= 5; id++) {
            previous = hash(previous, night(id, "GREEN", previous));
        }

        JsonNode first = service.json("/api/v1/nights?limit=2");
        JsonNode second = service.json(
                "/api/v1/nights?limit=2&after=" + first.path("next").asText());
        JsonNode third = service.json(
                "/api/v1/nights?limit=2&after=" + second.path("next").asText());

        assertThat(first.path("items").findValuesAsText("id")).containsExactly("5", "4");
        assertThat(second.path("items").findValuesAsText("id")).containsExactly("3", "2");
        assertThat(third.path("items").findValuesAsText("id")).containsExactly("1");
        assertThat(third.has("next")).isFalse();
        assertThat(first.at("/items/0/verdict").asText()).isEqualTo("GREEN");
        assertThat(first.at("/items/0/reasons").isArray()).isTrue();
        assertThat(service.json("/api/v1/nights?limit=100000").path("limit").asInt())
                .isEqualTo(100);
    }

    @Test
    void aNightThatSomebodyHasChangedIsNotShown() throws Exception {
        night(1, "RED", "");
        store.sql
                .sql("update reconcile_run set report = replace(report::text, 'RED', 'GREEN')::json")
                .update();

        assertProblem(service.get("/api/v1/nights/1"), 500, "API-FAULT", null);
    }

    @Test
    void breaksAreListedByIdAndFiltered() throws Exception {
        breaks("X-KWH", "billing", "open", 5);
        breaks("PAY-OVER", "crm", "acknowledged", 2);

        JsonNode page = service.json("/api/v1/breaks?check=X-KWH&state=open&owner=billing&limit=3");
        JsonNode rest = service.json("/api/v1/breaks?check=X-KWH&state=open&owner=billing&limit=3&after="
                + page.path("next").asText());

        assertThat(page.path("items")).hasSize(3);
        assertThat(rest.path("items")).hasSize(2);
        assertThat(page.at("/items/0/kwh").isTextual()).isTrue();
        assertThat(page.at("/items/0/money").asText()).isEqualTo("5.50");
        assertThat(service.json("/api/v1/breaks").path("items")).hasSize(7);
        assertThat(service.json("/api/v1/breaks?owner=crm").path("items")).hasSize(2);
    }

    @Test
    void whatIsNoFilterIsNamed() throws Exception {
        assertProblem(service.get("/api/v1/breaks?state=broken"), 400, "API-PARAMETER", "state");
        assertProblem(service.get("/api/v1/breaks?limit=0"), 400, "API-PARAMETER", "limit");
        assertProblem(service.get("/api/v1/breaks?after=-1"), 400, "API-POSITION", "after");
        assertProblem(service.get("/api/v1/breaks?chekc=X"), 400, "API-PARAMETER", "chekc");
        assertProblem(service.get("/api/v1/breaks?check=A&check=B"), 400, "API-PARAMETER", "check");
        assertProblem(service.get("/api/v1/repairs?system=nobody"), 400, "API-PARAMETER", "system");
        assertProblem(service.get("/api/v1/nights/last"), 404, "API-UNKNOWN", null);
        assertProblem(service.get("/api/v1/breaks/99"), 404, "API-UNKNOWN", null);
    }

    @Test
    void breaksComeAsCsvToo() throws Exception {
        breaks("X-KWH", "billing", "open", 2_500);

        HttpResponse<String> csv = service.get("/api/v1/breaks", "Accept", "text/csv");

        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body().lines()).hasSize(2_501);
        assertThat(csv.body()).startsWith("id,check,subject");
    }

    @Test
    void aBreakIsExplainedAndCanBeAcknowledgedAndSuppressed() throws Exception {
        breaks("X-KWH", "billing", "open", 1);

        assertThat(service.json("/api/v1/breaks/1").path("explanation").asText())
                .contains("X-KWH/MP0000000001/2026-10");
        JsonNode acknowledged = said(post("/api/v1/breaks/1/acknowledge", "{\"reason\":\"asked the meter shop\"}"));
        JsonNode suppressed =
                said(post("/api/v1/breaks/1/suppress", "{\"reason\":\"agreed\",\"until\":\"2099-12-31\"}"));

        assertThat(acknowledged.path("state").asText()).isEqualTo("acknowledged");
        assertThat(acknowledged.path("saidBy").asText()).isEqualTo("local");
        assertThat(suppressed.path("until").asText()).isEqualTo("2099-12-31");
        assertThat(store.sql
                        .sql("select what || ' ' || said_by from reconcile_break_log order by id")
                        .query(String.class)
                        .list())
                .containsExactly("acknowledged local", "suppressed local");
    }

    @Test
    void aWordThatIsNoneChangesNothing() throws Exception {
        breaks("X-KWH", "billing", "open", 1);
        breaks("PAY-OVER", "crm", "resolved", 1);

        assertProblem(post("/api/v1/breaks/1/acknowledge", "{}"), 400, "API-PARAMETER", "reason");
        assertProblem(
                post("/api/v1/breaks/1/suppress", "{\"reason\":\"x\",\"until\":\"2001-01-01\"}"),
                400,
                "API-PARAMETER",
                "until");
        assertProblem(post("/api/v1/breaks/1/acknowledge", "{not json"), 400, "API-PARAMETER", null);
        assertProblem(post("/api/v1/breaks/2/acknowledge", "{\"reason\":\"x\"}"), 409, "API-STATE", null);
        assertThat(store.count("reconcile_break_log")).isZero();
    }

    @Test
    void onlyThisMachineUnderItsOwnNameMayChangeAnything() throws Exception {
        breaks("X-KWH", "billing", "open", 1);

        String rebound = Wire.status(
                service.address(),
                "POST /api/v1/breaks/1/acknowledge HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 14\r\nConnection: close\r\n\r\n{\"reason\":\"x\"}");
        String preview = Wire.status(
                service.address(), "GET /api/v1/repairs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(rebound).isEqualTo("403");
        assertThat(preview).isEqualTo("403");
        assertThat(store.count("reconcile_break_log")).isZero();
    }

    @Test
    void aRepairIsShownAndNotBegun() throws Exception {
        store.sql
                .sql("insert into repair values ('bill', 'urn:b', 'billing', 3, 'missing', now(), true),"
                        + " ('bill', 'urn:a', 'billing', 3, 'different', now(), false),"
                        + " ('payment', 'urn:a', 'billing', 3, 'extra', now(), true)")
                .update();

        JsonNode plan = service.json("/api/v1/repairs");
        HttpResponse<String> execute = post("/api/v1/repairs", "{}");
        JsonNode log = service.json("/api/v1/repairs/log?limit=1");

        assertThat(plan.path("items").isArray()).isTrue();
        assertProblem(execute, 405, "API-METHOD", null);
        assertThat(JSON.readTree(execute.body()).path("detail").asText())
                .contains("isthmus reconcile repair --execute");
        assertThat(execute.headers().firstValue("Allow")).hasValue("GET");
        assertThat(log.at("/items/0/id").asText()).isEqualTo("urn:a");
        assertThat(service.json("/api/v1/repairs/log?after=" + log.path("next").asText())
                        .findValuesAsText("id"))
                .containsExactly("urn:b", "urn:a");
        assertProblem(service.get("/api/v1/repairs/log?after=urn:a"), 400, "API-POSITION", "after");
    }

    @Test
    void aStoreThatIsAwayIsToldAsAwayByEveryAddress() throws Exception {
        try (Service away = Service.over(Store.away())) {
            for (String path : List.of("/api/v1/nights", "/api/v1/breaks", "/api/v1/bill", "/api/v1/days?system=cis")) {
                HttpResponse<String> answer = away.get(path);

                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(JSON.readTree(answer.body()).path("code").asText())
                        .as(path)
                        .isEqualTo("STORE-AWAY");
                assertThat(answer.headers().firstValue("Retry-After")).as(path).isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bill?account=1&from=%2B999999999-01-01, from",
                "/api/v1/bill?validAt=1066-10-14, validAt",
                "/api/v1/bill?changedSince=%2B999999999-01-01T00:00:00Z, changedSince",
                "/api/v1/bill/urn:isthmus:yj:cis:bill:1?asOf=0001-01-01T00:00:00Z, asOf",
                "/api/v1/days?system=cis&from=-999999999-01-01, from",
                "/api/v1/days?sytem=cis, sytem",
                "/api/v1/days/cis/2026-13-01/missing, day",
                "/api/v1/bill/export?sillo=cis, sillo",
                "/api/v1/breaks?limit=0, limit",
                "/api/v1/consumers?name=x, name"
            })
    void whatIsAskedWronglyIsNamed(String row) throws Exception {
        String[] parts = row.split(", ");

        assertProblem(service.get(parts[0]), 400, "API-PARAMETER", parts[1]);
    }

    @Test
    void aSheetOfBreaksHasNoLimit() throws Exception {
        assertProblem(service.get("/api/v1/breaks?limit=5", "Accept", "text/csv"), 400, "API-PARAMETER", "limit");
    }

    private static String night(int id, String verdict, String previous) {
        String at = "2026-11-2" + id + "T02:00:00+08:00";
        String report = ("{\"id\":%d,\"asOf\":\"%s\",\"settle\":\"PT15M\",\"started\":\"%s\",\"ended\":\"%s\","
                        + "\"verdict\":\"%s\",\"lines\":[],\"away\":[],\"checks\":[],  \"reasons\":[]}")
                .formatted(id, at, at, at, verdict);
        store.sql
                .sql("insert into reconcile_run (as_of, started, ended, verdict, report, previous, hash)"
                        + " values (now(), now(), now(), ?, ?::json, ?, ?)")
                .params(verdict, report, previous, hash(previous, report))
                .update();
        return report;
    }

    private static void breaks(String code, String owner, String state, int count) {
        store.sql.sql("""
                        insert into reconcile_break (code, subject, cause, owner, severity, state, kwh, money, evidence, first_seen,
                            opened, opened_night, last_seen, last_night)
                        select ?, 'MP' || lpad(n::text, 10, '0') || '/2026-10', 'unexplained', ?, 'error', ?, 10.00, 5.50, '{}',
                               now(), now(), 1, now(), 1 from generate_series(1, ?) n
                        """).params(code, owner, state, count).update();
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode said(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, @Nullable String field)
            throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
        assertThat(JSON.readTree(answer.body()).path("field").textValue()).isEqualTo(field);
    }

    private static String hash(String previous, String report) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((previous + "\n" + report).getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
