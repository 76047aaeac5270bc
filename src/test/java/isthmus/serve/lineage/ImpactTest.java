package isthmus.serve.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A household is billed; then the metering centre corrects what the bill was made from. */
class ImpactTest {
    private static final String LATER = "urn:isthmus:yj:billing:bill:3100099999/202610/1";

    @TempDir
    static Path root;

    private static Ashore ashore;
    private static Service service;

    @BeforeAll
    static void start() throws IOException {
        ashore = new Ashore(root);
        ashore.readings(
                "READ_20261101_D1.csv",
                "20261102013000",
                Ashore.dial("2026-10-01", "5120.35"),
                Ashore.dial("2026-10-17", "5300.00"),
                Ashore.dial("2026-11-01", "5440.35"));
        ashore.curves(
                "CURVE_20261101_D1.csv",
                "20261102013000",
                Ashore.day("2026-10-31", "0.100"),
                Ashore.day("2026-11-01", "0.100"));
        ashore.bill("5120.35", "5440.35", "0.568", "2026-11-02 09:00:03");
        ashore.readings(
                "READ_20261105_D1.csv",
                "20261106013000",
                Ashore.dial("2026-10-01", "5118.35"),
                Ashore.dial("2026-10-17", "5299.00"),
                Ashore.dial("2026-11-01", "5441.35"));
        ashore.curves(
                "CURVE_20261105_D1.csv",
                "20261106013000",
                Ashore.day("2026-10-31", "0.125"),
                Ashore.day("2026-11-01", "0.125"));
        ashore.curves(
                "CURVE_20261106_D1.csv",
                "20261107013000",
                Ashore.day("2026-10-05", "0.100"),
                Ashore.day("2026-10-05", "0.125"));
        ashore.bill("3100099999", "5118.35", "5441.35", "0.568", "2026-11-07 09:00:03");
        service = Service.over(ashore.store);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aCorrectedClosingReadingNamesTheBillThatWasPublishedBefore() throws Exception {
        JsonNode effects = impact("registerreading", Ashore.reading("2026-11-01"));

        assertThat(effects.findValuesAsText("bill"))
                .containsExactly(Ashore.BILL)
                .doesNotContain(LATER);
        assertThat(effects.at("/0/role").asText()).isEqualTo("CLOSING");
        assertThat(effects.at("/0/was").asText()).isEqualTo("5440.35");
        assertThat(effects.at("/0/is").asText()).isEqualTo("5441.35");
        assertThat(effects.at("/0/kwh").asText()).isEqualTo("1.00");
        assertThat(effects.at("/0/price").asText()).isEqualTo("0.568");
        assertThat(effects.at("/0/priced").asText()).isEqualTo("only");
        assertThat(effects.at("/0/money").asText()).isEqualTo("0.57");
    }

    @Test
    void anOpeningReadingThatIsLowerMakesTheBillGreater() throws Exception {
        JsonNode effects = impact("registerreading", Ashore.reading("2026-10-01"));

        assertThat(effects.findValuesAsText("bill")).containsExactly(Ashore.BILL);
        assertThat(effects.at("/0/role").asText()).isEqualTo("OPENING");
        assertThat(effects.at("/0/kwh").asText()).isEqualTo("2.00");
        assertThat(effects.at("/0/money").asText()).isEqualTo("1.14");
    }

    @Test
    void aReadingWithinThePeriodIsUsedByNoBill() throws Exception {
        assertThat(impact("registerreading", Ashore.reading("2026-10-17"))).isEmpty();
    }

    @Test
    void aCorrectedDayNamesTheBillThatCoversItAndNoOther() throws Exception {
        JsonNode inside = impact("intervalblock", Ashore.block("2026-10-31"));

        assertThat(inside.findValuesAsText("bill")).containsExactly(Ashore.BILL);
        assertThat(inside.at("/0/was").asText()).isEqualTo("9.60");
        assertThat(inside.at("/0/is").asText()).isEqualTo("12.00");
        assertThat(inside.at("/0/kwh").asText()).isEqualTo("2.40");
        assertThat(inside.at("/0/money").asText()).isEqualTo("1.36");
        assertThat(impact("intervalblock", Ashore.block("2026-11-01")))
                .as("the period ends before this day")
                .isEmpty();
    }

    @Test
    void whatALaterLineOfOneFileTookThePlaceOfWasNeverBelieved() throws Exception {
        int versions = ashore.store
                .sql
                .sql("select count(*) from record_history where id = ?")
                .param(Ashore.block("2026-10-05"))
                .query(Integer.class)
                .single();

        assertThat(versions).as("the first line is kept").isEqualTo(1);
        assertThat(impact("intervalblock", Ashore.block("2026-10-05"))).isEmpty();
    }

    @Test
    void aBillNamesAllThatWasCorrectedSinceItWasPublished() throws Exception {
        JsonNode effects = impact("bill", Ashore.BILL);

        assertThat(effects.findValuesAsText("role")).containsExactlyInAnyOrder("OPENING", "CLOSING", "INTERVAL");
        assertThat(effects.findValuesAsText("kwh")).containsExactlyInAnyOrder("2.00", "1.00", "2.40");
        assertThat(impact("bill", LATER)).as("made from what was right already").isEmpty();
        assertThat(service.json("/api/v1/bill/" + Service.encoded(Ashore.BILL) + "/trace")
                        .at("/impact/effects"))
                .isEqualTo(effects);
    }

    @Test
    void whatHasNoImpactIsNotThere() throws Exception {
        assertThat(service.get("/api/v1/bill/nothing/impact").statusCode()).isEqualTo(404);
        assertThat(service.get("/api/v1/bill/" + Service.encoded(Ashore.block("2026-10-31")) + "/impact")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void readingsAndBillsAreFoundByIndex() throws Exception {
        List<String> plans = new ArrayList<>();
        try (Connection connection = ashore.store.source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            plan(
                    statement,
                    plans,
                    "select id from record_bill where entity = 'bill' and billed_points(body) && array['x']");
            plan(statement, plans, "select id from record_registerreading where partitionkey = any(array['x'])");
            plan(
                    statement,
                    plans,
                    "select id from record_intervalblock where partitionkey = any(array['x'])"
                            + " and valid_from >= '2026-10-01' and valid_from < '2026-11-01'");
            plan(statement, plans, "select id from record_history where entity = 'bill' and id = any(array['x'])");
        }

        assertThat(plans)
                .hasSize(4)
                .allSatisfy(plan -> assertThat(plan).contains("Index").doesNotContain("Seq Scan"));
    }

    private static void plan(Statement statement, List<String> plans, String sql) throws Exception {
        StringBuilder plan = new StringBuilder();
        try (ResultSet row = statement.executeQuery("explain " + sql)) {
            while (row.next()) {
                plan.append(row.getString(1)).append('\n');
            }
        }
        plans.add(plan.toString());
    }

    private static JsonNode impact(String entity, String id) throws Exception {
        return service.json("/api/v1/" + entity + "/" + Service.encoded(id) + "/impact")
                .path("effects");
    }
}
