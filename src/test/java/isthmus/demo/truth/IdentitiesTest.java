package isthmus.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Identities identities = new Identities();

    /** A person with four records, one with two, and one with one: seven pairs. */
    IdentitiesTest() throws IOException {
        for (String line : new String[] {"a1 ann", "a2 ann", "a3 ann", "a4 ann", "b1 bob", "b2 bob", "c1 cid"}) {
            String[] said = line.split(" ");
            identities.is(JSON.readTree("{\"record\":\"" + said[0] + "\",\"who\":\"" + said[1] + "\"}"));
        }
    }

    @Test
    void findsNothingWhereNothingIsLinked() throws IOException {
        JsonNode answer = answer();

        assertThat(answer.path("customers").asLong()).isEqualTo(7);
        assertThat(answer.path("pairs").asLong()).isEqualTo(7);
        assertThat(answer.path("linked").asLong()).isZero();
        assertThat(answer.path("precision").asText()).isEqualTo("1.000");
        assertThat(answer.path("recall").asText()).isEqualTo("0.000");
    }

    @Test
    void countsWhatIsLinkedOverAThirdRecord() throws IOException {
        identities.link("XREF", "linked", "a1", "a2");
        identities.link("XREF", "linked", "a3", "a2");

        JsonNode answer = answer();

        assertThat(answer.path("linked").asLong()).isEqualTo(3);
        assertThat(answer.path("right").asLong()).isEqualTo(3);
        assertThat(answer.path("recall").asText()).isEqualTo("0.428");
        assertThat(answer.path("rules").get(0).path("linked").asLong()).isEqualTo(2);
    }

    @Test
    void oneWrongLinkMakesWrongWhateverHangsOnIt() throws IOException {
        identities.link("XREF", "linked", "a1", "a2");
        identities.link("ID-HASH", "linked", "b1", "b2");
        identities.link("MATCH", "linked", "b1", "a2");

        JsonNode answer = answer();

        // Four records are six pairs, of which two are right.
        assertThat(answer.path("linked").asLong()).isEqualTo(6);
        assertThat(answer.path("right").asLong()).isEqualTo(2);
        assertThat(answer.path("precision").asText()).isEqualTo("0.333");
        assertThat(answer.path("wrong")).hasSize(1);
        assertThat(answer.path("wrong").get(0)).isEqualTo(JSON.valueToTree(sorted("MATCH", "a2", "b1")));
        assertThat(answer.path("rules")).hasSize(3).anySatisfy(row -> {
            assertThat(row.path("rule").asText()).isEqualTo("MATCH");
            assertThat(row.path("precision").asText()).isEqualTo("0.000");
            assertThat(row.path("recall").asText()).isEqualTo("0.000");
        });
        assertThat(answer.path("rules").get(0).path("recall").asText()).isEqualTo("0.142");
    }

    @Test
    void whatWaitsForReviewIsFoundWhereItIsRightAndLinkedNowhere() throws IOException {
        identities.link("XREF", "linked", "a1", "a2");
        identities.link("MATCH", "review", "a2", "a3");
        identities.link("MATCH", "review", "a3", "c1");
        identities.link("MATCH", "review", "a4", "c1");
        identities.link("XREF", "review", "a3", "a2");

        JsonNode answer = answer();

        assertThat(answer.path("linked").asLong()).isEqualTo(1);
        assertThat(answer.path("precision").asText()).isEqualTo("1.000");
        assertThat(answer.path("recall").asText()).isEqualTo("0.142");
        assertThat(answer.path("recallWithReview").asText()).isEqualTo("0.428");
        assertThat(answer.path("review").asLong()).as("a pair waits once").isEqualTo(3);
        assertThat(answer.path("reviewShare").asText()).isEqualTo("0.428");
        JsonNode match = answer.path("rules").get(0);
        assertThat(match.path("review").asLong()).isEqualTo(3);
        assertThat(match.path("reviewRight").asLong()).isEqualTo(1);
    }

    @Test
    void aRecordIsNoPairWithItselfAndAnUnknownOneIsNobodyElse() throws IOException {
        identities.link("XREF", "linked", "a1", "a1");
        identities.link("XREF", "linked", "x", "c1");

        JsonNode answer = answer();

        assertThat(answer.path("linked").asLong()).isEqualTo(1);
        assertThat(answer.path("right").asLong()).isZero();
    }

    @Test
    void aLongRowOfLinksIsOneCustomer() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            identities.is(JSON.readTree("{\"record\":\"d" + i + "\",\"who\":\"dan\"}"));
            identities.link("MATCH", "linked", "d" + i, "d" + (i + 1) % 20_000);
        }

        JsonNode answer = answer();

        assertThat(answer.path("linked").asLong()).isEqualTo(20_000L * 19_999 / 2);
        assertThat(answer.path("precision").asText()).isEqualTo("1.000");
    }

    private static Map<String, String> sorted(String rule, String left, String right) {
        return Map.of("rule", rule, "left", left, "right", right);
    }

    private JsonNode answer() throws IOException {
        return JSON.readTree(CanonicalJson.of(identities.answer()));
    }
}
