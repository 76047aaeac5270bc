package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.security.Rights;
import isthmus.security.Role;
import isthmus.serve.Service;
import isthmus.serve.Sight;
import isthmus.store.Store;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fixture 42 of trust.md: every address of the OpenAPI document, asked by every role and by nobody, answers as the table of
 * docs/security.md says.
 */
class RightsMatrixTest {
    private static final Provider PROVIDER = new Provider();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path PAGE = Path.of("docs/security.md");

    private static Service service;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        service = Service.over(Store.fresh(), PROVIDER.settings(), Map.of());
        document = service.json("/api/v1/openapi");
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    /** @param cells by role: {@code yes}, nothing, or how persons are told to it, {@code masked} or {@code clear} on demand */
    record Row(String method, String path, String of, String scope, Map<Role, String> cells) {
        boolean isFor(Role role) {
            return !Objects.requireNonNull(cells.get(role)).isEmpty();
        }

        boolean isOpen() {
            return scope.equals("none");
        }

        /** Something of its form, which need not be there. */
        String asked() {
            String entity = of.startsWith("`") ? of.split("`")[1] : "bill";
            return path.replace("{entity}", entity)
                    .replace("{id}", "1")
                    .replace("{number}", "1")
                    .replace("{system}", "billing")
                    .replace("{day}", "2026-11-21")
                    .replace("{schema}", entity)
                    .replace("{*part}", "db")
                    .replace("{*file}", "swagger-ui.css");
        }

        @Override
        public String toString() {
            return method + " " + path + " " + of;
        }
    }

    static Stream<Row> rows() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (!line.matches("\\| (GET|POST) \\|.*")) {
                continue;
            }
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            Map<Role, String> may = new LinkedHashMap<>();
            for (Role role : Role.values()) {
                may.put(role, cells.get(5 + role.ordinal()));
            }
            rows.add(new Row(
                    cells.get(1),
                    cells.get(2).replace("`", ""),
                    cells.get(3),
                    cells.get(4).replace("`", ""),
                    may));
        }
        return rows.stream();
    }

    @Test
    void everyAddressOfTheDocumentIsInTheTableAndNoOther() {
        TreeSet<String> served = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> served.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        TreeSet<String> listed = new TreeSet<>();
        Rights.ALL.stream()
                .filter(right -> !right.path().matches("/actuator.*|/webjars/.*|/api/v1/openapi.*"))
                .forEach(right -> listed.add(right.method() + " " + right.path()));

        assertThat(listed).isEqualTo(served).hasSizeGreaterThan(25);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachRoleAndNobodyIsAnsweredAsTheTableSays(Row row) throws Exception {
        assertThat(ask(row, null)).as("nobody").satisfies(status -> {
            if (row.isOpen()) {
                assertThat(status).isNotIn(401, 403);
            } else {
                assertThat(status).isEqualTo(401);
            }
        });
        for (Role role : Role.values()) {
            int status = ask(row, PROVIDER.token(role));
            if (row.isOpen() || row.isFor(role)) {
                assertThat(status).as(role.word()).isNotIn(401, 403);
            } else {
                assertThat(status).as(role.word()).isEqualTo(403);
            }
        }
    }

    static Stream<Row> rowsWithPersons() throws Exception {
        return rows().filter(row -> row.cells().containsValue("masked"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rowsWithPersons")
    void personsAreToldInClearToWhomTheTableSaysAndOnlyOnDemand(Row row) throws Exception {
        for (Role role : Role.values()) {
            if (row.isFor(role)) {
                HttpResponse<?> plain = answer(row.asked(), row.method(), PROVIDER.token(role));
                HttpResponse<?> demanded = answer(
                        row.asked(),
                        row.method(),
                        PROVIDER.token(role),
                        Sight.PURPOSE,
                        "complaint",
                        Sight.TICKET,
                        "CS-20417");

                assertThat(plain.headers().firstValue(InClear.TOLD))
                        .as(role.word())
                        .hasValue("masked");
                if ("clear".equals(row.cells().get(role))) {
                    assertThat(demanded.headers().firstValue(InClear.TOLD))
                            .as(role.word())
                            .hasValue("clear");
                } else {
                    assertThat(demanded.statusCode()).as(role.word()).isEqualTo(403);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void noOtherMethodOpensIt(Row row) throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "PURGE")) {
            assertThat(ask(row.asked(), method, null)).as(method).isEqualTo(401);
            for (Role role : Role.values()) {
                assertThat(ask(row.asked(), method, PROVIDER.token(role)))
                        .as(method + " " + role.word())
                        .isEqualTo(405);
            }
        }
        if (row.method().equals("GET")) {
            assertThat(ask(row.asked(), "HEAD", null) == 401).isEqualTo(!row.isOpen());
        }
    }

    @Test
    void whatIsNotInTheTableIsThereForNobody() throws Exception {
        for (String path : List.of(
                "/",
                "/api",
                "/api/v2/bill",
                "/api/v1/bill/1/raw",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/configprops",
                "/actuator/beans",
                "/actuator/mappings",
                "/actuator/jolokia",
                "/actuator/camel",
                "/h2-console",
                "/jolokia",
                "/error",
                "/login",
                "/swagger-ui/index.html",
                "/v3/api-docs",
                "/.env")) {
            assertThat(ask(path, "GET", null)).as(path).isEqualTo(401);
            assertThat(ask(path, "GET", PROVIDER.token(Role.OPERATOR))).as(path).isEqualTo(404);
            assertThat(ask(path, "POST", PROVIDER.token(Role.OPERATOR)))
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void aTokenWithoutRoleOrScopeOpensNothing() throws Exception {
        String nothing = PROVIDER.signed(PROVIDER.claims("admin", "root").claim("scope", "openid profile *:*"));

        assertThat(rows().filter(row -> !row.isOpen()).toList())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(ask(row, nothing)).isEqualTo(403));
    }

    @Test
    void aConsumerWhoWasGrantedNoEntityReadsNone() throws Exception {
        String none = PROVIDER.signed(PROVIDER.claims("consumer").claim(Claims.ENTITIES, null));
        String bills = PROVIDER.signed(PROVIDER.claims("consumer").claim(Claims.ENTITIES, "bill tariff"));

        assertThat(ask("/api/v1/bill", "GET", none)).isEqualTo(403);
        assertThat(ask("/feed/v1/bill?limit=1", "GET", none)).isEqualTo(403);
        assertThat(ask("/api/v1/bill", "GET", bills)).isEqualTo(200);
        assertThat(ask("/api/v1/payment", "GET", bills)).isEqualTo(403);
    }

    private static int ask(Row row, @Nullable String token) throws Exception {
        return ask(row.asked(), row.method(), token);
    }

    private static int ask(String path, String method, @Nullable String token) throws Exception {
        return answer(path, method, token).statusCode();
    }

    private static HttpResponse<?> answer(String path, String method, @Nullable String token, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.address() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("POST")
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer;
    }
}
