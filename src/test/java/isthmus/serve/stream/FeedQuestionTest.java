package isthmus.serve.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the feed over HTTP does not answer, and how it says so. */
class FeedQuestionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/feed/v1/bill?after=x, 400, API-POSITION, after",
        "/feed/v1/bill?after=1%27, 400, API-POSITION, after",
        "/feed/v1/bill?after=99, 400, API-POSITION, after",
        "/feed/v1/bill?after=, 400, API-PARAMETER, after",
        "/feed/v1/bill?from=end, 400, API-PARAMETER, from",
        "/feed/v1/bill?since=yesterday, 400, API-PARAMETER, since",
        "/feed/v1/bill?since=%2B999999999-01-01T00:00:00Z, 400, API-PARAMETER, since",
        "/feed/v1/bill?since=2026-01-01T00:00:00Z&after=now, 400, API-PARAMETER, since",
        "/feed/v1/bill?limit=0, 400, API-PARAMETER, limit",
        "/feed/v1/bill?limit=-1, 400, API-PARAMETER, limit",
        "/feed/v1/bill?limit=many, 400, API-PARAMETER, limit",
        "/feed/v1/bill?wait=30, 400, API-PARAMETER, wait",
        "/feed/v1/bill?wait=PT61S, 400, API-PARAMETER, wait",
        "/feed/v1/bill?consumer=Li%20Wei, 400, API-PARAMETER, consumer",
        "/feed/v1/bill?aftr=0, 400, API-PARAMETER, aftr",
        "/feed/v1/bill?after=0&after=1, 400, API-PARAMETER, after",
        "/feed/v1/cat, 404, API-UNKNOWN,",
        "/feed/v1/bill%2F..%2Faccount, 404, API-UNKNOWN,",
    })
    void aQuestionThatIsNotOfItsFormIsRefusedWithTheFieldNamed(String path, int status, String code, String field)
            throws Exception {
        HttpResponse<String> answer = service.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
    }

    @Test
    void aMediaTypeThatCannotBeHadIsRefusedWithThoseThatCan() throws Exception {
        HttpResponse<String> answer = service.get("/feed/v1/bill", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("API-ACCEPT").contains("application/x-ndjson, text/event-stream");
        assertThat(service.get("/feed/v1/bill", "Accept", "application/json;q=0.9, */*;q=0.1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.get("/feed/v1/bill", "Accept", "nonsense").statusCode())
                .isEqualTo(406);
    }
}
