package isthmus.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fixtures of trust.md that come over HTTP, by their numbers: each is told as a problem with its code, and nothing of it
 * is said again.
 */
class HostileQuestionsTest {
    private static final String MARK = "Canary7";
    private static final String BILL = Service.encoded(Cargo.urn("bill", "310/202610/1"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 1, "12.00")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> questions() {
        String id = "/api/v1/bill/";
        return Stream.of(
                // 25: what some engine would evaluate is text, and there is no such record
                get("25 sql in an id", id + Service.encoded("' or '1'='1' -- " + MARK), 404, "API-UNKNOWN"),
                get("25 a statement", id + Service.encoded("'; drop table record; -- " + MARK), 404, "API-UNKNOWN"),
                get(
                        "25 union",
                        id + Service.encoded("x' union select body from record -- " + MARK),
                        404,
                        "API-UNKNOWN"),
                get("25 a bean", id + Service.encoded("${bean:x?method=" + MARK + "}"), 404, "API-UNKNOWN"),
                get("25 spel", id + Service.encoded("#{T(java.lang.Runtime)." + MARK + "}"), 404, "API-UNKNOWN"),
                get("25 placeholder", id + Service.encoded("{{env:PATH}}" + MARK), 404, "API-UNKNOWN"),
                get("25 jndi", id + Service.encoded("${jndi:ldap://127.0.0.1/" + MARK + "}"), 404, "API-UNKNOWN"),
                get("25 in a trace", id + Service.encoded("'; drop " + MARK) + "/trace", 404, "API-UNKNOWN"),
                get(
                        "25 in a filter",
                        "/api/v1/breaks?state=" + Service.encoded("' or 1=1 " + MARK),
                        400,
                        "API-PARAMETER"),
                get("25 in a position", "/api/v1/nights?after=" + Service.encoded("1;" + MARK), 400, "API-POSITION"),
                get("25 in a name", "/api/v1/nights/" + Service.encoded("1 or 1=1 " + MARK), 404, "API-UNKNOWN"),
                // 26: identifiers come from a list
                get("26 an entity", "/api/v1/" + Service.encoded("bill b, account") + "/" + MARK, 404, "API-UNKNOWN"),
                get("26 a catalogue", "/api/v1/pg_user/" + MARK, 404, "API-UNKNOWN"),
                get("26 a parameter", "/api/v1/breaks?order=" + MARK, 400, "API-PARAMETER"),
                // 27: headers steer nothing
                get("27 camel", id + MARK, 404, "API-UNKNOWN", "CAmelSqlQuery: drop", "CamelFileName: ../x"),
                get("27 soap", id + MARK, 404, "API-UNKNOWN", "operationName: " + MARK, "Long-Running-Action: x"),
                get("27 kafka", id + MARK, 404, "API-UNKNOWN", "kafka.OVERRIDE_TOPIC: " + MARK),
                get("27 a header cut in two", id + "x%0d%0aSet-Cookie:%20" + MARK, 404, "API-UNKNOWN"),
                // 29, 30: what a page or a terminal would act upon
                get("29 a script", id + Service.encoded("<script>" + MARK + "</script>"), 404, "API-UNKNOWN"),
                get("29 asked by a page", id + "%3Cimg%20" + MARK + "%3E", 406, "API-ACCEPT", "Accept: text/html"),
                get("30 an escape sequence", id + "%1b%5b2J" + MARK, 404, "API-UNKNOWN"),
                get("30 a line of a log", id + "x%0aERROR%20" + MARK, 404, "API-UNKNOWN"),
                get("30 a null", id + "x%00" + MARK, 400, "API-PARAMETER"),
                get("30 a null in a filter", "/api/v1/breaks?check=%00" + MARK, 400, "API-PARAMETER"),
                // 31: an address to connect to is an id that nobody has
                get("31 jdbc", id + Service.encoded("jdbc:h2:mem:x;INIT=RUNSCRIPT " + MARK), 404, "API-UNKNOWN"),
                // 47: paths
                get("47 a detour", "/api/..;/actuator/" + MARK, 400, "API-PARAMETER"),
                get("47 a parameter in a path", "/api/v1;x=" + MARK + "/bill/" + BILL, 400, "API-PARAMETER"),
                get("47 two slashes", "/api//v1/bill/" + MARK, 400, "API-PARAMETER"),
                get("47 up", "/api/v1/bill/../../../etc/" + MARK, 400, "API-PARAMETER"),
                get("47 up, encoded", "/api/v1/%2e%2e/" + MARK, 400, "API-PARAMETER"),
                get("47 backslash", "/api/v1/bill\\" + MARK, 400, "API-PARAMETER"),
                get("47 a slash in an id", id + "..%2f..%2f" + MARK, 404, "API-UNKNOWN"),
                get("47 past health", "/actuator/..;/api/v1/bill/" + MARK, 400, "API-PARAMETER"),
                get("47 a trailing dot", id + BILL + "." + MARK, 404, "API-UNKNOWN"),
                get("47 a trailing slash", id + BILL + "/", 404, "API-UNKNOWN"),
                get("47 a bad escape", id + "%zz" + MARK, 400, "API-PARAMETER"),
                get("47 half an escape", id + "%c3" + MARK, 400, "API-PARAMETER"),
                asks("47 trace", "TRACE " + id + BILL, "", 405, "API-METHOD"),
                asks("47 delete", "DELETE " + id + BILL, "", 405, "API-METHOD"),
                asks("47 another method", "PURGE " + id + BILL, "", 405, "API-METHOD"),
                asks("47 post to a record", "POST " + id + BILL, "Content-Length: 0\r\n", 405, "API-METHOD"),
                asks(
                        "47 a method by header",
                        "POST " + id + BILL,
                        "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n",
                        405,
                        "API-METHOD"),
                // 48: sizes
                get("48 a long path", id + MARK + "x".repeat(9_000), 400, "API-PARAMETER"),
                get("48 a long header", id + MARK, 400, "API-PARAMETER", "X-Long: " + "x".repeat(9_000)),
                asks("48 a large body", "POST /api/v1/repairs", "Content-Length: 9999999\r\n", 413, "API-PARAMETER"),
                asks(
                        "48 a body without end",
                        "POST /api/v1/repairs",
                        "Transfer-Encoding: chunked\r\n",
                        413,
                        "API-PARAMETER"),
                asks(
                        "48 two lengths",
                        "POST /api/v1/repairs",
                        "Content-Length: 0\r\nContent-Length: 5\r\n",
                        400,
                        "API-PARAMETER"),
                asks("48 another version", "GET /api/v1/bill/" + MARK + " HTTP/9.9", 505, "API-FAULT"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void isToldAsAProblemAndNotSaidAgain(String name, String question, int status, String code) throws IOException {
        String answer = Wire.ask(service.address(), question);

        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head.split(" ", 3)[1]).as(answer).isEqualTo(Integer.toString(status));
        assertThat(answer)
                .doesNotContain(MARK)
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("\u001b");
        if (!question.startsWith("TRACE")) {
            assertThat(head.toLowerCase(java.util.Locale.ROOT)).contains("content-type: application/problem+json");
            JsonNode problem = JSON.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
            assertThat(problem.path("code").asText()).as(answer).isEqualTo(code);
        }
    }

    @AfterEach
    void theRecordIsStillThere() throws Exception {
        assertThat(service.get("/api/v1/bill/" + BILL).statusCode()).isEqualTo(200);
    }

    private static Arguments get(String name, String path, int status, String code, String... headers) {
        StringBuilder more = new StringBuilder();
        for (String header : headers) {
            more.append(header).append("\r\n");
        }
        return asks(name, "GET " + path, more.toString(), status, code);
    }

    private static Arguments asks(String name, String line, String headers, int status, String code) {
        return asks(name, line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers, status, code);
    }

    private static Arguments asks(String name, String head, int status, String code) {
        return Arguments.of(name, head + "\r\n\r\n".substring(head.endsWith("\r\n") ? 2 : 0), status, code);
    }
}
