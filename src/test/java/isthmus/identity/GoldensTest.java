package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.crosscheck.Seeds;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Seals;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unified customer as it stands in the store and is told, from the records of two systems. */
class GoldensTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLAT = "河南省新乡市红旗区平原路28号锦绣花园3号楼2单元501";
    private static final String OF_BILLING = "urn:isthmus:yj:billing:customer:acct-310";
    private static final String OF_CRM = "urn:isthmus:yj:crm:customer:C1";

    private final Store store = Store.fresh();
    private long night;

    @BeforeEach
    void aCustomerThatTwoSystemsKnow() {
        customer("billing", "acct-310", """
                {"id": "%s", "kind": "person", "name": {"display": "张伟", "normalized": "张伟"}, "status": "active",
                 "segment": "residentialLowVoltage",
                 "addresses": [{"role": "supply", "raw": "%s", "normalized": "%s"}]}
                """.formatted(OF_BILLING, FLAT, FLAT));
        customer("crm", "C1", """
                {"id": "%s", "kind": "person", "name": {"display": "章伟", "normalized": "章伟"}, "status": "closed",
                 "segment": "other", "ext": {"yj.consNo": "310"},
                 "identifiers": [{"type": "cnResidentId", "hash": "h1:AAAAAAAAAAAAAAAAAAAAAA", "masked": "410***********123X", "verified": true}],
                 "contacts": [{"type": "mobile", "value": "+8613700001234", "masked": "137****1234", "preferred": true}],
                 "addresses": [{"role": "mailing", "raw": "%s", "normalized": "%s"}],
                 "consents": [{"purpose": "billPush", "granted": true, "at": "2026-01-01T00:00:00+08:00"}]}
                """.formatted(OF_CRM, FLAT, FLAT));
        Seeds.record(store, "billing", "account", "310", """
                {"accountNo": "310", "customer": "%s", "servicePoints": [{"servicePoint": "urn:isthmus:yj:billing:servicepoint:P1"}]}
                """.formatted(OF_BILLING));
        Seeds.record(store, "billing", "servicepoint", "P1", "{\"servicePointNo\": \"P1\"}");
        Seeds.record(store, "metering", "servicepoint", "P1", "{\"servicePointNo\": \"P1\"}");
    }

    @Test
    void eachValueIsTheOneThatTheRulesChooseAndSaysWhoseItIs() throws IOException {
        update();

        JsonNode golden = only();
        assertThat(golden.at("/name/display").asText()).isEqualTo("章伟");
        assertThat(golden.at("/provenance/~1name/from").asText()).isEqualTo(OF_CRM);
        assertThat(golden.at("/provenance/~1name/rule").asText()).isEqualTo("identifierVerified");
        assertThat(golden.at("/segment").asText()).isEqualTo("residentialLowVoltage");
        assertThat(golden.at("/provenance/~1segment/rule").asText()).isEqualTo("silo:billing");
        assertThat(golden.at("/status").asText()).isEqualTo("active");
        assertThat(golden.at("/provenance/~1status/rule").asText()).isEqualTo("any:active");
        assertThat(golden.at("/contacts/0/value").asText()).isEqualTo("+8613700001234");
        assertThat(golden.path("addresses")).hasSize(2);
        assertThat(golden.at("/consents/0/granted").asBoolean()).isTrue();
    }

    @Test
    void whatTheSystemsDisagreeAboutIsListedWithoutAName() throws IOException {
        update();

        JsonNode conflicts = only().path("conflicts");
        assertThat(conflicts.findValuesAsText("path")).containsExactlyInAnyOrder("/name", "/segment", "/status");
        assertThat(conflicts.toString())
                .contains("\"valueMasked\":\"张*\"", "\"valueMasked\":\"章*\"")
                .doesNotContain("伟");
    }

    @Test
    void itNamesItsAccountsItsPointsInEverySystemAndWhyItsRecordsAreOne() throws IOException {
        update();

        JsonNode golden = only();
        assertThat(golden.path("accounts"))
                .extracting(JsonNode::asText)
                .containsExactly("urn:isthmus:yj:billing:account:310");
        assertThat(golden.path("servicePoints"))
                .extracting(JsonNode::asText)
                .containsExactly("urn:isthmus:yj:billing:servicepoint:P1", "urn:isthmus:yj:metering:servicepoint:P1");
        assertThat(golden.path("links"))
                .extracting(link -> link.path("decidedBy").asText())
                .contains("matcher:fs-1");
        assertThat(golden.path("confidence").asText()).isEqualTo("high");
        assertThat(golden.path("household").asText()).startsWith("urn:isthmus:yj:hub:household:");
        assertThat(golden.toString()).as("a flat is nobody's id").doesNotContain("household:" + FLAT);
    }

    @Test
    void aNoOfAnyoneIsANo() throws IOException {
        customer("old", "77", """
                {"id": "urn:isthmus:yj:old:customer:77", "kind": "person", "name": {"display": "章伟"}, "status": "active",
                 "identifiers": [{"type": "cnResidentId", "hash": "h1:AAAAAAAAAAAAAAAAAAAAAA", "masked": "x", "verified": true}],
                 "consents": [{"purpose": "billPush", "granted": false, "at": "2020-01-01T00:00:00+08:00"}]}
                """);

        update();

        assertThat(only().at("/consents/0/granted").asBoolean(true)).isFalse();
        assertThat(only().at("/provenance/~1consents~1billPush/rule").asText()).isEqualTo("mostRestrictive");
    }

    @Test
    void whatHasNotChangedIsNotToldAgain() throws IOException {
        update();
        long changes = changes();

        update();

        assertThat(changes).isEqualTo(1);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    void oneThatGoesUpInAnotherIsToldAsDeletedAndItsIdIsAnAlias() throws IOException {
        customer("old", "77", """
                {"id": "urn:isthmus:yj:old:customer:77", "kind": "person", "name": {"display": "章伟"}, "status": "active",
                 "identifiers": [{"type": "cnResidentId", "hash": "h1:BBBBBBBBBBBBBBBBBBBBBB", "masked": "x", "verified": true}]}
                """);
        update();
        String other = store.sql
                .sql("select golden from golden_member where member like '%:old:%'")
                .query(String.class)
                .single();

        store.sql.sql("delete from record where id like '%:old:%'").update();
        customer("old", "77", """
                {"id": "urn:isthmus:yj:old:customer:77", "kind": "person", "name": {"display": "章伟"}, "status": "active",
                 "identifiers": [{"type": "cnResidentId", "hash": "h1:AAAAAAAAAAAAAAAAAAAAAA", "masked": "x", "verified": true}]}
                """);
        update();

        List<String> told = store.sql
                .sql("select c.op from change c join chunk_log l using (chunk) where c.id = ? order by l.position")
                .param(other)
                .query(String.class)
                .list();
        assertThat(told).containsExactly("upsert", "delete");
        assertThat(only().path("aliases")).extracting(JsonNode::asText).containsExactly(other);
    }

    private void customer(String silo, String key, String body) {
        Seeds.record(store, silo, "customer", key, body);
    }

    private void update() {
        ChunkStore chunks = new ChunkStore(store.source, store.clock, Sealer.NONE);
        Goldens goldens = new Goldens(
                store.source,
                chunks,
                new Runs(store.source, store.clock),
                RULES,
                Fingerprints.nobodys(),
                store.clock,
                Seals.NONE);

        LinkReport report =
                new Linking(RULES, store.source, store.clock, goldens, Seals.NONE).update(++night, Linking.Notes.NONE);

        assertThat(report.fault()).isNull();
    }

    private long changes() {
        return store.sql
                .sql("select count(*) from change where entity = 'unifiedcustomer'")
                .query(Long.class)
                .single();
    }

    private JsonNode only() throws IOException {
        return JSON.readTree(store.sql
                .sql("select body from record where entity = 'unifiedcustomer' and not deleted")
                .query(String.class)
                .single());
    }
}
