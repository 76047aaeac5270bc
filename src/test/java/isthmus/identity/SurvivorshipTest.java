package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Problems;
import isthmus.catalog.Problems.Fault;
import isthmus.identity.GoldenRecord.Known;
import isthmus.identity.Survivorship.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code config/survivorship.yaml}: whose value stands, and what is wrong with a rule. */
class SurvivorshipTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CRM = "urn:isthmus:yj:crm:customer:C1";
    private static final String BILLING = "urn:isthmus:yj:billing:customer:acct-310";

    @TempDir
    Path config;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2023-11-01T00:00:00+08:00 | 2026-11-01T00:00:00+08:00 | P3Y  | billing
                    2023-10-31T23:59:59+08:00 | 2026-11-01T00:00:00+08:00 | P3Y  | crm
                    2026-10-02T00:00:00+08:00 | 2026-11-01T00:00:00+08:00 | P30D | billing
                    2026-10-01T00:00:00+08:00 | 2026-11-01T00:00:00+08:00 | P30D | crm
                    """)
    void aContactThatWasVerifiedNotLongAgoGoesBeforeTheSystem(
            String verified, String changed, String within, String stands) throws IOException {
        Survivorship rules = rules("/contacts/mobile: [{verifiedWithin: " + within + "}, {silo: crm}]");

        JsonNode golden = golden(
                rules,
                source("crm", CRM, changed, "{\"contacts\": [{\"type\": \"mobile\", \"value\": \"crm\"}]}"),
                source("billing", BILLING, "2020-01-01T00:00:00+08:00", """
                        {"contacts": [{"type": "mobile", "value": "billing", "verifiedAt": "%s"},
                                      {"type": "phone", "value": "77", "verifiedAt": null}]}
                        """.formatted(verified)));

        assertThat(golden.at("/contacts/0/value").asText()).isEqualTo(stands);
        assertThat(golden.at("/contacts/1/value").asText()).isEqualTo("77");
        assertThat(golden.at("/provenance/~1contacts~1mobile/rule").asText())
                .isEqualTo(stands.equals("crm") ? "silo:crm" : "verifiedWithin:" + within);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {silo: crm}                 | null  | retail | silo:billing
                    {silo: crm, nullWins: true} | null  |        | silo:crm
                    {silo: crm, nullWins: true} | other | other  | silo:crm
                    {silo: crm, nullWins: true} |       | retail | silo:billing
                    """)
    void thatThereIsNoneBlocksLowerSystemsOnlyWhereTheRuleSaysSo(String rule, String said, String stands, String by)
            throws IOException {
        Survivorship rules = rules("/segment: [" + rule + ", {silo: billing}]");
        String segment =
                said == null ? "{}" : "{\"segment\": " + (said.equals("null") ? said : "\"" + said + "\"") + "}";

        JsonNode golden = golden(
                rules,
                source("crm", CRM, "2026-11-01T00:00:00+08:00", segment),
                source("billing", BILLING, "2026-11-02T00:00:00+08:00", "{\"segment\": \"retail\"}"));

        assertThat(golden.path("segment").asText(null)).isEqualTo(stands);
        assertThat(golden.at("/provenance/~1segment/rule").asText()).isEqualTo(by);
        assertThat(golden.path("conflicts").isEmpty()).isEqualTo("retail".equals(stands));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {silo: crm}                 | 77
                    {silo: crm, nullWins: true} |
                    """)
    void aNumberThatIsNoneBlocksLowerSystemsOnlyWhereTheRuleSaysSo(String rule, String stands) throws IOException {
        Survivorship rules = rules("/contacts: [" + rule + ", {newest: true}]");

        JsonNode golden = golden(
                rules,
                source(
                        "crm",
                        CRM,
                        "2026-11-01T00:00:00+08:00",
                        "{\"contacts\": [{\"type\": \"mobile\", \"value\": null}]}"),
                source(
                        "billing",
                        BILLING,
                        "2026-11-02T00:00:00+08:00",
                        "{\"contacts\": [{\"type\": \"mobile\", \"value\": \"77\"}]}"));

        assertThat(golden.path("contacts")).hasSize(1);
        assertThat(golden.at("/contacts/0/value").textValue()).isEqualTo(stands);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /contacts: [{verifiedWithin: P3Y}]              |
                    /segment: [{silo: crm, nullWins: true}]         |
                    /contacts: [{verifiedWithin: 3 years}]          | 3: verifiedWithin of 3 years: years, months or days: P3Y, P6M, P90D
                    /contacts: [{verifiedWithin: P0D}]              | 3: verifiedWithin of P0D: years, months or days: P3Y, P6M, P90D
                    /name: [{verifiedWithin: P3Y}]                  | 3: verifiedWithin of /name: only contacts say when they were verified
                    /name: [{silo: crm, nullWins: true}]            | 3: nullWins of /name: what can be none: [contacts, segment]
                    /segment: [{newest: true, nullWins: true}]      | 3: nullWins without a system: write it beside silo: {silo: crm, nullWins: true}
                    /segment: [{silo: crn}]                         | 3: silo of crn, which is no system: known here: [billing, crm]
                    """)
    void aRuleThatCanNeverFindAnythingIsToldWithItsLine(String rule, String told) throws IOException {
        Problems problems = new Problems();

        read("# Whose value stands.\nunifiedcustomer:\n  " + rule, problems);

        if (told == null) {
            assertThat(problems.faults()).isEmpty();
        } else {
            assertThat(problems.faults())
                    .extracting(Fault::toString)
                    .containsExactly(config.resolve("survivorship.yaml") + ":" + told);
        }
    }

    @Test
    void theVersionIsOfTheTextOfTheRules() throws IOException {
        String one = rules("/segment: [{silo: crm}]").version();
        String other = rules("/segment: [{silo: crm, nullWins: true}]").version();

        // Written down, since a process that comes later has to find the same.
        assertThat(one).isEqualTo("a4ab0eec");
        assertThat(other).isNotEqualTo(one);
    }

    private Survivorship rules(String rule) throws IOException {
        Problems problems = new Problems();
        Survivorship rules = read("unifiedcustomer:\n  " + rule, problems);
        assertThat(problems.faults()).isEmpty();
        return rules;
    }

    private Survivorship read(String text, Problems problems) throws IOException {
        Files.writeString(config.resolve("survivorship.yaml"), text + "\n");
        return Survivorship.read(config, Set.of("billing", "crm"), problems);
    }

    private static Source source(String silo, String id, String time, String body) throws IOException {
        return new Source(id, silo, "1", OffsetDateTime.parse(time), JSON.readTree(body));
    }

    private static JsonNode golden(Survivorship rules, Source... sources) {
        Known known = new Known(
                "urn:isthmus:yj:hub:unifiedcustomer:1",
                OffsetDateTime.parse("2026-11-03T02:00:00+08:00"),
                List.of(sources),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of());
        return JSON.valueToTree(new GoldenRecord(rules, (kind, value) -> "h1:x").compose(known));
    }
}
