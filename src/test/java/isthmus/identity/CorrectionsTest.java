package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.audit.Audit;
import isthmus.crosscheck.Seeds;
import isthmus.identity.Decisions.Unfit;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Sealer;
import isthmus.security.seal.Seals;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sets stands in the unified customer from the next night on, until it is taken back. */
class CorrectionsTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String OF_BILLING = "urn:isthmus:yj:billing:customer:acct-310";
    private static final String OF_CRM = "urn:isthmus:yj:crm:customer:C1";

    private final Store store = Store.fresh();
    private final Decisions decisions =
            new Decisions(store.source, new Audit(store.source, store.clock), RULES, store.clock, Seals.NONE);
    private long night;

    @BeforeEach
    void aCustomerThatTwoSystemsKnow() {
        Seeds.record(store, "billing", "customer", "acct-310", """
                {"id": "%s", "kind": "person", "name": {"display": "张伟"}, "status": "active", "segment": "retail"}
                """.formatted(OF_BILLING));
        Seeds.record(
                store, "billing", "account", "310", "{\"accountNo\": \"310\", \"customer\": \"" + OF_BILLING + "\"}");
        Seeds.record(store, "crm", "customer", "C1", """
                {"id": "%s", "kind": "person", "name": {"display": "章伟"}, "status": "active", "ext": {"yj.consNo": "310"},
                 "contacts": [{"type": "mobile", "value": "+8613700001234", "preferred": true}]}
                """.formatted(OF_CRM));
        update();
    }

    @Test
    void whatAPersonSetsGoesBeforeTheSystemsUntilItIsTakenBack() throws IOException {
        decisions.set(OF_BILLING, "/name", "张玮", "seen on paper", "ab12");
        decisions.set(OF_CRM, "/contacts/mobile", "+8613900001234", "called back", "ab12");
        update();

        JsonNode set = only();
        assertThat(set.at("/name/display").asText()).isEqualTo("张玮");
        assertThat(set.at("/provenance/~1name/rule").asText()).isEqualTo("manual");
        assertThat(set.at("/provenance/~1name/from").asText()).isEqualTo(OF_BILLING);
        assertThat(set.at("/contacts/0/value").asText()).isEqualTo("+8613900001234");
        assertThat(set.at("/contacts/0/masked").asText()).isEqualTo("139****1234");
        assertThat(set.path("contacts")).hasSize(1);
        assertThat(set.path("conflicts").findValuesAsText("from")).containsExactlyInAnyOrder(OF_BILLING, OF_CRM);

        decisions.set(OF_BILLING, "/name", null, "a mistake", "ab12");
        update();

        assertThat(only().at("/name/display").asText()).isEqualTo("章伟");
        assertThat(only().at("/contacts/0/value").asText()).isEqualTo("+8613900001234");
    }

    @Test
    void ofTwoThatWereSetTheLastStandsAndAUnifiedCustomerIsNamedAsWell() throws IOException {
        decisions.set(only().path("id").asText(), "/segment", "first", "so it is", "ab12");
        decisions.set(OF_CRM, "/segment", "second", "no, so", "ab12");
        update();

        assertThat(only().path("segment").asText()).isEqualTo("second");
    }

    @Test
    void theAuditSaysWhoAndWhyAndNotWhat() {
        decisions.set(OF_CRM, "/name", "张玮", "seen on paper", "ab12");

        assertThat(store.sql
                        .sql("select concat_ws(' ', actor, action, subject, detail) from audit")
                        .query(String.class)
                        .list())
                .containsExactly("ab12 identity.set " + OF_CRM + " /name seen on paper");
    }

    @Test
    void lookingWritesNothing() {
        decisions.look(OF_CRM, "/name", "张玮");

        assertThat(store.count("golden_said")).isZero();
        assertThat(store.count("audit")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    urn:isthmus:yj:crm:customer:C2 | /name            | 张玮  | id    | the store has no such record
                    urn:isthmus:yj:crm:customer:C1 | /status          | closed | path  | no path that can be set; there are [/contacts/email, /contacts/mobile, /contacts/phone, /locale, /name, /segment]
                    urn:isthmus:yj:crm:customer:C1 | /contacts/mobile | 137    | value | no value for /contacts/mobile
                    urn:isthmus:yj:crm:customer:C1 | /name            | ''     | value | no value for /name
                    """)
    void whatCannotBeSetIsRefusedWithoutTellingTheValue(
            String id, String path, String value, String side, String told) {
        assertThatThrownBy(() -> decisions.set(id, path, value, "so it is", "ab12"))
                .isInstanceOfSatisfying(
                        Unfit.class, unfit -> assertThat(unfit.side()).isEqualTo(side))
                .hasMessage(told);
        assertThat(store.count("golden_said")).isZero();
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

    private JsonNode only() throws IOException {
        return new ObjectMapper()
                .readTree(store.sql
                        .sql("select body from record where entity = 'unifiedcustomer' and not deleted")
                        .query(String.class)
                        .single());
    }
}
