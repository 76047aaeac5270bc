package isthmus.serve.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a bill to its readings, to the row and the lines that they came from. */
@NullUnmarked
class LineageTest {
    @TempDir
    static Path root;

    private static Ashore ashore;
    private static Service service;
    private static Lineage lineage;

    @BeforeAll
    static void start() throws IOException {
        ashore = new Ashore(root);
        ashore.readings(
                "READ_20261101_D1.csv",
                "20261102013000",
                Ashore.dial("2026-09-30", "5100.00"),
                Ashore.dial("2026-10-01", "5120.35"),
                Ashore.dial("2026-10-17", "5300.00"),
                Ashore.dial("2026-11-01", "5440.35"));
        ashore.curves("CURVE_20261101_D1.csv", "20261102013000", Ashore.day("2026-10-01", "0.100"));
        ashore.bill("5120.35", "5440.35", "0.568", "2026-11-02 09:00:03");
        ashore.bill("5120.35", "5441.35", "0.568", "2026-11-03 09:00:03");
        ashore.store.chunks.commit(Cargo.chunk(1, Cargo.account("gone", 1)));
        ashore.store.chunks.commit(Cargo.chunk(1, Cargo.deleted("account", "gone", 2)));
        service = Service.over(ashore.store);
        lineage = service.room(Lineage.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aRecordIsTracedVersionByVersionToItsRow() throws Exception {
        JsonNode trace = service.json("/api/v1/bill/" + Service.encoded(Ashore.BILL) + "/trace");

        assertThat(trace.path("versions")).hasSize(2);
        JsonNode newest = trace.at("/versions/0");
        assertThat(newest.path("time").asText()).isEqualTo("2026-11-03T01:00:03Z");
        assertThat(newest.has("superseded")).isFalse();
        assertThat(newest.path("mapping").asText()).isEqualTo("billing-bill@1");
        assertThat(newest.at("/came/place").asText()).isEqualTo("bill.sql no. 1");
        assertThat(newest.at("/came/transport").asText()).isEqualTo("jdbc");
        assertThat(newest.at("/came/trigger").asText()).isEqualTo("test");
        assertThat(newest.at("/came/raw/kept").asBoolean()).isTrue();
        assertThat(newest.at("/came/raw/sha256").asText()).hasSize(64);
        assertThat(trace.at("/versions/1/superseded").asText())
                .isEqualTo(newest.path("recorded").asText());
        assertThat(trace.at("/mapping/same").asBoolean()).isTrue();
    }

    @Test
    void theTimeOfAVersionStaysWhenItComesAgainUnchanged() throws Exception {
        String path = "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "again")) + "/trace";
        ashore.store.chunks.commit(Cargo.chunk(1, Cargo.bill("again", 1, "12.00")));
        String before = service.json(path).at("/versions/0/time").asText();

        ashore.store.chunks.commit(Cargo.chunk(1, Cargo.bill("again", 7, "12.00")));

        JsonNode versions = service.json(path).path("versions");
        assertThat(versions).hasSize(1);
        assertThat(versions.at("/0/sequence").asText()).isEqualTo(Cargo.sequence(7));
        assertThat(versions.at("/0/time").asText()).isEqualTo(before).isEqualTo("2026-11-02T01:00:03Z");
    }

    @Test
    void everyFieldNamesItsColumnAndItsRule() throws Exception {
        JsonNode fields = service.json("/api/v1/bill/" + Service.encoded(Ashore.BILL) + "/trace")
                .path("fields");

        JsonNode current = field(fields, "/reads/0/current");
        assertThat(current.path("columns")).hasSize(1);
        assertThat(current.at("/columns/0").asText()).isEqualTo("CUR_READ");
        assertThat(current.path("rule").asText()).isEqualTo("decimal");
        assertThat(current.path("value").asText()).isEqualTo("5441.35");
        assertThat(current.path("at").asText()).matches("bill\\.mapping\\.yaml:[0-9]+");
        assertThat(field(fields, "/lines/*/unitPrice").at("/columns/0").asText())
                .isEqualTo("lines.UNIT_PRICE");
        assertThat(field(fields, "/lines/*/unitPrice").path("value").asText()).isEqualTo("0.568");
        assertThat(field(fields, "/status").path("rule").asText()).isEqualTo("code, table A_RCVBL_FLOW.SETTLE_FLAG");
        assertThat(field(fields, "/id").path("rule").asText()).isEqualTo("key {CONS_NO}/{RCVBL_YM}/{SEQ_NO}");
    }

    @Test
    void anItemIsKnownByWhatTheMappingSaysOfItWhereOthersAreLeftOut() throws Exception {
        JsonNode fields = service.json(
                        "/api/v1/registerreading/" + Service.encoded(Ashore.reading("2026-11-01")) + "/trace")
                .path("fields");

        assertThat(field(fields, "/registers/0/value").path("value").asText()).isEqualTo("5440.35");
        assertThat(field(fields, "/registers/1/value").has("value")).isFalse();
    }

    @Test
    void aBillLeadsToTheReadingsThatOpenAndCloseItsPeriodAndToTheirLines() throws Exception {
        JsonNode measured = service.json("/api/v1/bill/" + Service.encoded(Ashore.BILL) + "/trace")
                .path("measured");

        assertThat(measured.findValuesAsText("role")).containsExactly("OPENING", "CLOSING", "INTERVAL");
        assertThat(measured.findValuesAsText("id"))
                .containsExactly(
                        Ashore.reading("2026-10-01"), Ashore.reading("2026-11-01"), Ashore.block("2026-10-01"));
        assertThat(measured.findValuesAsText("value")).containsExactly("5120.35", "5440.35", "9.60");
        assertThat(measured.findValuesAsText("place"))
                .containsExactly("READ_20261101_D1.csv:3", "READ_20261101_D1.csv:5", "CURVE_20261101_D1.csv:2");
        assertThat(measured.at("/0/came/raw/archivedAs").asText()).startsWith("/archive/");
    }

    @Test
    void theRawLineAndTheRawRowAreFoundByTheirHash() {
        Trace trace = lineage.trace(Ashore.BILL).orElseThrow();
        Used closing = trace.measured().get(1);

        List<Lineage.Raw> line = lineage.raw(closing.id(), closing.came());
        List<Lineage.Raw> old = lineage.raw(Ashore.BILL, trace.versions().get(1).came());

        assertThat(line).extracting(Lineage.Raw::text).containsExactly(Ashore.dial("2026-11-01", "5440.35"));
        assertThat(old)
                .singleElement()
                .satisfies(row -> assertThat(row.text())
                        .contains("\"CUR_READ\":\"5440.35\"", "\"LAST_UPDATED\":\"2026-11-02 09:00:03\""));
    }

    @Test
    void rawBytesDoNotLeaveOverHttp() throws Exception {
        String trace = service.get("/api/v1/bill/" + Service.encoded(Ashore.BILL) + "/trace")
                .body();

        assertThat(trace).doesNotContain("LAST_UPDATED\":", "\"body\"", "\"bytes\"");
        assertThat(service.get("/api/v1/raw/" + "0".repeat(64)).statusCode()).isEqualTo(404);
    }

    @Test
    void aPersonalValueIsLeftOutAndItsColumnIsNot() throws Exception {
        byte[] name = ("{\"id\":\"urn:isthmus:yj:crm:customer:C1\",\"kind\":\"person\",\"name\":\"王小明\"}")
                .getBytes(StandardCharsets.UTF_8);
        ashore.store.sql.sql("""
                        insert into record values ('customer', 'urn:isthmus:yj:crm:customer:C1', 'crm',
                        '20261102010003000-0000000000', false, 'hmac:h1:00', gen_random_uuid(), gen_random_uuid(), now(), 'c', null,
                        null, null, null, now(), 0, 1, 'crm-customer@9', null, null, convert_from(?, 'UTF8')::json)
                        """).param(name).update();

        JsonNode trace =
                service.json("/api/v1/customer/" + Service.encoded("urn:isthmus:yj:crm:customer:C1") + "/trace");

        assertThat(trace.toString()).doesNotContain("王小明");
        assertThat(field(trace.path("fields"), "/name").path("classified").asBoolean())
                .isTrue();
        assertThat(field(trace.path("fields"), "/name").at("/columns/0").asText())
                .isEqualTo("name");
        assertThat(trace.at("/mapping/same").asBoolean()).isFalse();
        assertThat(trace.at("/mapping/says").asText()).contains("crm-customer@1", "crm-customer@9");
    }

    @Test
    void aDeletedRecordHasATraceAndAnUnknownOneHasNone() throws Exception {
        JsonNode gone = service.json("/api/v1/account/" + Service.encoded(Cargo.urn("account", "gone")) + "/trace");

        assertThat(gone.at("/versions/0/deleted").asBoolean()).isTrue();
        assertThat(gone.path("versions")).hasSize(2);
        assertThat(service.get("/api/v1/bill/nothing/trace").statusCode()).isEqualTo(404);
        assertThat(service.get("/api/v1/account/" + Service.encoded(Ashore.BILL) + "/trace")
                        .statusCode())
                .isEqualTo(404);
    }

    private static JsonNode field(JsonNode fields, String path) {
        for (JsonNode field : fields) {
            if (field.path("path").asText().equals(path)) {
                return field;
            }
        }
        throw new AssertionError("no field " + path + " in " + fields);
    }
}
