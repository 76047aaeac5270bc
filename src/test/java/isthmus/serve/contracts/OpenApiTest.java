package isthmus.serve.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.model.Op;
import isthmus.serve.Served;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the document promises of every address, whoever has built it. */
class OpenApiTest {
    private static final String OFFICIAL = "/spec.openapis.org/oas/3.1/schema/2022-10-07";
    private static final String EXAMPLE = "urn:isthmus:yj:cis:bill:3100012345/202610/1";

    private static Service service;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        service = Service.over(Store.fresh());
        String body = "{\"amounts\":{\"total\":\"12.00\"},\"id\":\"" + EXAMPLE + "\"}";
        service.store.chunks.commit(Cargo.chunk(1, Cargo.fact("bill", EXAMPLE, Op.UPSERT, 1, body, null, List.of())));
        document = service.json("/api/v1/openapi");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private record Get(String path, JsonNode operation) {
        String address() {
            StringBuilder address = new StringBuilder(path);
            List<String> query = new ArrayList<>();
            for (JsonNode parameter : operation.path("parameters")) {
                String name = parameter.path("name").asText();
                String example = Service.encoded(parameter
                        .path("example")
                        .asText(parameter.at("/schema/example").asText()));
                if (parameter.path("in").asText().equals("path")) {
                    int at = address.indexOf("{" + name + "}");
                    address.replace(at, at + name.length() + 2, example);
                } else if (parameter.path("in").asText().equals("query") && !example.isEmpty()) {
                    query.add(name + "=" + example);
                }
            }
            return address + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }
    }

    private static List<Get> gets() {
        List<Get> gets = new ArrayList<>();
        document.path("paths").properties().forEach(path -> {
            if (path.getValue().has("get")) {
                gets.add(new Get(path.getKey(), path.getValue().get("get")));
            }
        });
        return gets;
    }

    @Test
    void theDocumentIsValidByTheOfficialSchemaOfOpenApi() throws Exception {
        Schema official;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(OFFICIAL))) {
            official = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
        ObjectNode broken = document.deepCopy();
        ((ObjectNode) broken.get("info")).remove("title");

        assertThat(document.path("openapi").asText()).startsWith("3.1.");
        assertThat(official.validate(document)).isEmpty();
        assertThat(official.validate(broken)).isNotEmpty();
        assertThat(service.get("/api/v1/openapi.yaml").body()).startsWith("openapi: 3.1.");
    }

    @Test
    void everyAddressIsInItAndNothingElse() throws Exception {
        List<String> served = new ArrayList<>();
        service.room(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().isAnnotationPresent(Served.class)) {
                mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> mapping.getPatternValues()
                                .forEach(path -> served.add(method.name().toLowerCase(Locale.ROOT) + " "
                                        + path.replaceAll("\\{(\\w+):[^}]*}", "{$1}"))));
            }
        });
        List<String> said = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> said.add(method + " " + path.getKey())));

        assertThat(said).containsExactlyInAnyOrderElementsOf(served).contains("get /api/v1/{entity}/{id}");
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/");
    }

    @Test
    void everyAddressAndEveryParameterIsExplained() throws Exception {
        assertThat(document.at("/components/responses/problem/content").fieldNames())
                .toIterable()
                .containsExactly("application/problem+json");
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                String name = operation.path("operationId").asText();
                assertThat(operation.path("summary").asText())
                        .as("summary of %s", name)
                        .isNotBlank();
                assertThat(operation.at("/responses/default/$ref").asText())
                        .as(name)
                        .isEqualTo("#/components/responses/problem");
                for (JsonNode parameter : operation.path("parameters")) {
                    assertThat(parameter.path("description").asText())
                            .as(
                                    "description of %s of %s",
                                    parameter.path("name").asText(), name)
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void everyGetAnswersItsExampleAsItSays() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        int found = 0;

        for (Get get : gets()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + get.address()))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            // A stream may have no end: its head says what it is.
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            String status = Integer.toString(answer.statusCode());
            assertThat(answer.statusCode())
                    .as("%s: its example must be of its form", get.address())
                    .isNotEqualTo(400)
                    .isLessThan(500);
            JsonNode promised = get.operation().path("responses").path(status);
            found += answer.statusCode() == 200 ? 1 : 0;
            Optional<String> type = answer.headers().firstValue("Content-Type").map(OpenApiTest::plain);
            List<String> types = new ArrayList<>();
            promised.path("content").fieldNames().forEachRemaining(form -> types.add(plain(form)));
            if (promised.isMissingNode()) {
                types.add("application/problem+json");
            }
            assertThat(types).as(get.address()).contains(type.orElse("")).doesNotContain("*/*");
        }

        assertThat(found).as("addresses that know their example").isGreaterThanOrEqualTo(7);
    }

    @Test
    void thePageAsksNobodyElse() throws Exception {
        HttpResponse<String> page = service.get("/api/v1/docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(page.body()).doesNotContain("//");
        for (String part : List.of(
                "/webjars/swagger-ui/swagger-ui.css",
                "/webjars/swagger-ui/swagger-ui-bundle.js",
                "/api/v1/docs/page.js")) {
            assertThat(page.body()).contains(part);
            assertThat(service.get(part).statusCode()).as(part).isEqualTo(200);
        }
    }

    private static String plain(String contentType) {
        return contentType.replaceFirst(";.*", "").strip();
    }
}
