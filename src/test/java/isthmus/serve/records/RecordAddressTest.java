package isthmus.serve.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordAddressTest {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        service.store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 1, "12.00")));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.account("gone", 1)));
        service.store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "gone", 2)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aRecordIsAnsweredWithItsOwnBytes() throws Exception {
        HttpResponse<String> answer = service.get("/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1")));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode said = new ObjectMapper().readTree(answer.body());
        assertThat(said.at("/meta/entity").asText()).isEqualTo("bill");
        assertThat(said.at("/meta/contenthash").asText()).startsWith("sha256:");
        assertThat(said.at("/record/amounts/total").asText()).isEqualTo("12.00");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void whoKnowsItAlreadyIsSpared() throws Exception {
        String path = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1"));
        String tag = service.get(path).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = service.get(path, "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void whatIsNotThereIsAProblemWithItsCode() throws Exception {
        problem("/api/v1/bill/nothing", 404, "API-UNKNOWN");
        problem("/api/v1/cat/nothing", 404, "API-UNKNOWN");
        problem("/api/v1/account/" + Service.encoded(Cargo.urn("account", "gone")), 410, "API-DELETED");
    }

    private static void problem(String path, int status, String code) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("code").asText())
                .isEqualTo(code);
    }
}
