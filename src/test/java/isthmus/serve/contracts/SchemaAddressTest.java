package isthmus.serve.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.feed.SchemaEditions;
import isthmus.model.Entities;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaAddressTest {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everySchemaIsServedWhereItsIdSaysThatItIs() throws Exception {
        JsonNode index = service.json("/schema/v1");

        assertThat(index).hasSize(SchemaEditions.current().size());
        assertThat(index.findValuesAsText("name")).containsAll(Entities.ALL).contains("event", "deleted", "day");
        for (JsonNode listed : index) {
            String path = listed.path("href").asText();
            HttpResponse<String> answer = service.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/schema+json");
            assertThat(new ObjectMapper().readTree(answer.body()))
                    .isEqualTo(SchemaEditions.current().get(listed.path("name").asText()));
            assertThat(listed.path("id").asText()).isEqualTo("https://isthmus.example" + path);
        }
    }

    @Test
    void whoKnowsASchemaIsSparedAndWhoAsksForPlainJsonGetsIt() throws Exception {
        HttpResponse<String> first = service.get("/schema/v1/bill.json", "Accept", "application/json");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = service.get("/schema/v1/bill.json", "If-None-Match", tag);

        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=3600, public");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aSchemaThatIsNotThereIsAProblemWithItsCode() throws Exception {
        HttpResponse<String> answer = service.get("/schema/v1/cat.json");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new ObjectMapper().readTree(answer.body()).path("code").asText())
                .isEqualTo("API-UNKNOWN");
    }
}
