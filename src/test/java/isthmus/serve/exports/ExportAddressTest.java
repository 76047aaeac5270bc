package isthmus.serve.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Fact;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportAddressTest {
    private static final int BILLS = 12;
    private static final String PATH = "/api/v1/bill/export";

    private static Service service;
    private static List<String> bodies;

    @BeforeAll
    static void start() {
        Store store = Store.fresh();
        List<Fact> bills = new ArrayList<>();
        for (int i = 0; i < BILLS; i++) {
            bills.add(Cargo.bill(String.format("31000%05d/202610/1", i * 7 % BILLS), 1, i + ".00"));
        }
        String crm = "urn:isthmus:yj:crm:bill:1";
        bills.add(SampleRecords.fact("bill", crm, "{\"id\":\"" + crm + "\"}"));
        store.chunks.commit(Cargo.chunk(1, bills));
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("gone", 1, "1.00")));
        store.chunks.commit(Cargo.chunk(1, Cargo.deleted("bill", "gone", 2)));
        service = Service.over(store);
        bodies = store.sql
                .sql("select body::text from record_bill where not deleted order by id")
                .query(String.class)
                .list();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> records(HttpResponse<String> answer) {
        List<String> lines = answer.body().lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    private static String last(HttpResponse<String> answer) {
        List<String> lines = answer.body().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void linesAreTheRecordsOwnBytesInTheOrderOfTheirIdsAndTheLastOneTellsThatItIsTheLast() throws Exception {
        HttpResponse<String> answer = service.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(records(answer)).isEqualTo(bodies).hasSize(BILLS + 1);
        assertThat(last(answer)).isEqualTo("{\"end\":true,\"rows\":13,\"after\":\"urn:isthmus:yj:crm:bill:1\"}");
    }

    @Test
    void theFeedGoesOnFromThePositionThatIsSaid() throws Exception {
        long head = new ChangeLog(service.store.source).head();

        HttpResponse<String> answer = service.get(PATH);

        assertThat(answer.headers().firstValue("Isthmus-Position")).hasValue(Long.toString(head));
    }

    @Test
    void theDeletedComeWhenTheyAreAskedForAndOthersWhenTheirSystemIs() throws Exception {
        assertThat(records(service.get(PATH + "?deleted=true")))
                .hasSize(BILLS + 2)
                .anyMatch(line -> line.contains("deletedAt"));
        assertThat(records(service.get(PATH + "?silo=crm"))).containsExactly("{\"id\":\"urn:isthmus:yj:crm:bill:1\"}");
    }

    @Test
    void goesOnBehindTheLastRecordThatTheClientHas() throws Exception {
        HttpResponse<String> part = service.get(PATH + "?limit=5");
        String after = new ObjectMapper().readTree(last(part)).path("after").asText();

        HttpResponse<String> rest = service.get(PATH + "?after=" + Service.encoded(after));

        List<String> both = new ArrayList<>(records(part));
        assertThat(both).hasSize(5);
        both.addAll(records(rest));
        assertThat(both).isEqualTo(bodies);
        assertThat(part.headers().firstValue("Link-Template"))
                .hasValue("\"/api/v1/bill/export?format=jsonl&limit=5{&after}\"; rel=\"next\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-ndjson|application/x-ndjson",
                "text/csv|text/csv;charset=utf-8",
                "application/vnd.apache.parquet|application/vnd.apache.parquet",
                "text/html, text/csv;q=0.8, */*;q=0.1|text/csv;charset=utf-8",
                "*/*|application/x-ndjson",
                "application/x-ndjson;q=0, text/*|text/csv;charset=utf-8"
            })
    void theFormIsWhatTheClientAccepts(String accept, String type) throws Exception {
        HttpResponse<String> answer = service.get(PATH, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    }

    @Test
    void aListOfFormsThatIsTooLongIsRefusedAndNoFault() throws Exception {
        String accept = "image/png" + ", image/png".repeat(60);

        assertThat(service.get(PATH, "Accept", accept).statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "image/png", "*/*;q=0", "no type at all"})
    void aFormThatThereIsNotIsRefused(String accept) throws Exception {
        HttpResponse<String> answer = service.get(PATH, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(new ObjectMapper().readTree(answer.body()).path("code").asText())
                .isEqualTo("API-ACCEPT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?format=xlsx|API-PARAMETER|format",
                "?silo=crm';drop table record;--|API-PARAMETER|silo",
                "?silo=${env:PATH}|API-PARAMETER|silo",
                "?limit=0|API-PARAMETER|limit",
                "?limit=many|API-PARAMETER|limit",
                "?deleted=perhaps|API-PARAMETER|deleted",
                "?after=5|API-POSITION|after",
                "?after=urn:isthmus:yj:billing:account:1|API-POSITION|after",
                "?after=urn:isthmus:yj:billing:bill:1 or 1=1|API-POSITION|after",
                "?after=urn:isthmus:yj:billing:bill:..\u0000/etc/passwd|API-PARAMETER|after",
                "?after=urn:isthmus:yj:billing:bill:1%0D%0ASet-Cookie: x=1|API-POSITION|after"
            })
    void whatIsNotOfItsFormIsRefusedWithItsName(String question, String code, String field) throws Exception {
        String[] said = question.split("=", 2);

        HttpResponse<String> answer = service.get(PATH + said[0] + "=" + Service.encoded(said[1]));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(answer.body()).doesNotContain("drop table", "passwd", "env:PATH");
    }

    @Test
    void aQuoteInAPositionIsAQuote() throws Exception {
        String quoted = "urn:isthmus:yj:billing:bill:'%20or%20'1'='1";

        HttpResponse<String> answer = service.get(PATH + "?after=" + Service.encoded(quoted));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(records(answer)).isEqualTo(bodies);
    }

    @Test
    void anEntityThatThereIsNotIsUnknown() throws Exception {
        assertThat(service.get("/api/v1/cat/export").statusCode()).isEqualTo(404);
        assertThat(service.get("/api/v1/record_bill%20b/export").statusCode()).isEqualTo(404);
    }

    @Test
    void isPackedForWhoCanUnpack() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + PATH))
                .header("Accept-Encoding", "gzip")
                .build();

        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unpacked.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(service.get(PATH).body());
        }
        assertThat(service.get(PATH, "Accept-Encoding", "gzip;q=0, identity")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }
}
