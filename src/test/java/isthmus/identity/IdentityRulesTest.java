package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Problems.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** {@code config/identity.yaml}: a name that no record ever has is told, and does not quietly give no link. */
class IdentityRulesTest {
    private static final Set<String> NAMES = Set.of("billing", "crm", "metering");

    @TempDir
    Path config;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    crm     | yj.consNo  | billing  |
                    crm     | yj.consNum | billing  | 3: routes/crm/customer.mapping.yaml writes no ext/yj.consNum: known here: [yj.consNo]
                    crm     | yj.consNo  | metering | 4: metering has no mapping of account: systems that have one: [billing]
                    metering | yj.consNo | billing  | 2: metering has no mapping of customer: systems that have one: [billing, crm]
                    crm     | yj.consNo  | biling   | 4: accounts of biling, which is no system: known here: [billing, crm, metering]
                    """)
    void everyNameIsOneThatTheMappingsGive(String customers, String field, String accounts, String told)
            throws IOException {
        declare(customers, field, accounts);

        List<Fault> faults = IdentityRules.lint(config, NAMES, Pairs.SYSTEMS);

        if (told == null) {
            assertThat(faults).isEmpty();
            assertThat(IdentityRules.read(config, Pairs.SYSTEMS).crosswalks()).hasSize(1);
        } else {
            assertThat(faults)
                    .extracting(Fault::toString)
                    .containsExactly(config.resolve("identity.yaml") + ":" + told);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    version: fs-9                                          |
                    models: {}                                             | 1: missing version: what every score is cited with
                    version: fs-9, models: {human: {}}                     | 1: unknown field human: known here: person, organization
                    version: fs-9, models: {person: {nose: {}}}            | 1: unknown field nose: known here: contact, name, address
                    version: fs-9, models: {person: {contact: {same: [0.8, 0.1]}}} | 1: level other needs m and u: other: [0.9, 0.01]
                    version: fs-9, models: {person: {contact: {same: [0.8, 0], other: [0.2, 0.9]}}} | 1: same of 0: a share between 0 and 1, neither of them included
                    """)
    void weightsThatWereLearntAreReadOverTheOthers(String text, String told) throws IOException {
        Files.copy(Path.of("config/identity.yaml"), config.resolve("identity.yaml"));
        Path weights = config.resolve("identity-weights.yaml");
        Files.writeString(weights, "{" + text + "}");

        List<Fault> faults = IdentityRules.lint(config, NAMES, Pairs.SYSTEMS);

        if (told == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).extracting(Fault::toString).containsExactly(weights + ":" + told);
        }
    }

    @Test
    void aFieldMayBeWrittenByItsWholePath() throws IOException {
        Path crm = crm("ext??:           {object: {yj.consNo??: {text: consNo}}}", "ext/yj.consNo??: {text: consNo}");
        declare("crm", "yj.consNo", "billing");

        List<LegacySystem> systems = CatalogReader.sound(List.of(Path.of("routes/billing"), crm));

        assertThat(systems).hasSize(2);
        assertThat(IdentityRules.lint(config, NAMES, systems)).isEmpty();
    }

    @Test
    void ofASystemWithFaultsNothingIsTaken() throws IOException {
        Path crm = crm("text: consNo", "text: consNumber");
        declare("crm", "yj.consNum", "billing");

        List<LegacySystem> systems = CatalogReader.sound(List.of(Path.of("routes/billing"), crm));

        assertThat(systems).extracting(LegacySystem::name).containsExactly("billing");
        assertThat(IdentityRules.lint(config, NAMES, systems)).isEmpty();
    }

    /** The folder of that system, with one mapping edited. */
    private Path crm(String text, String replacement) throws IOException {
        Path crm = config.resolve("routes/crm");
        FileSystemUtils.copyRecursively(Path.of("routes/crm"), crm);
        Path mapping = crm.resolve("customer.mapping.yaml");
        String before = Files.readString(mapping);
        assertThat(before).contains(text);
        Files.writeString(mapping, before.replace(text, replacement));
        return crm;
    }

    private void declare(String customers, String field, String accounts) throws IOException {
        Files.writeString(
                config.resolve("identity.yaml"),
                "xref:\n  - customers: " + customers + "\n    field: " + field + "\n    accounts: " + accounts + "\n");
    }
}
