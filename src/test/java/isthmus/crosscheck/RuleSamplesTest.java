package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.audit.Audit;
import isthmus.catalog.CatalogReader;
import isthmus.identity.Decisions;
import isthmus.identity.IdentityRules;
import isthmus.identity.LinkReport;
import isthmus.identity.Linking;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the samples of {@code config/reconciliation/samples}: records of the store, and the breaks that must come of them. As in
 * a night, the records are linked before; what {@code said} has, a person has said of two of them before that.
 */
@NullUnmarked
class RuleSamplesTest {
    static final Path CONFIG = Path.of("config");
    static final Set<String> SYSTEMS = Set.of("billing", "metering", "crm");
    private static final OffsetDateTime NIGHT = OffsetDateTime.parse("2026-11-25T02:00:00+08:00");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Store store;
    private static Rules rules;
    private static IdentityRules identity;

    @BeforeAll
    static void readTheRules() {
        store = Store.fresh();
        rules = Rules.read(CONFIG, SYSTEMS);
        rules.prove(store.source);
        identity = IdentityRules.read(
                CONFIG,
                CatalogReader.sound(SYSTEMS.stream()
                        .map(Path.of("routes")::resolve)
                        .sorted()
                        .toList()));
    }

    @BeforeEach
    void emptyTheStore() {
        store.forget();
        store.sql.sql("truncate reconcile_break, reconcile_break_log").update();
        // The log of the links lets nobody do that; between two samples there is no history.
        store.sql
                .sql("set session_replication_role = replica; truncate link_log; reset session_replication_role")
                .update();
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> all = Files.walk(CONFIG.resolve("reconciliation/samples"))) {
            return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleGivesTheBreaksItSays(Path file) {
        JsonNode sample = read(file);
        String code = file.getParent().getFileName().toString();
        Rule rule = rules.rule(code).orElseThrow();
        Seeds.write(store, sample.path("records"));
        texts(sample.path("said")).forEach(RuleSamplesTest::say);
        LinkReport links = new Linking(identity, store.source, store.clock).update(1, Linking.Notes.NONE);

        CheckResult result = new CrossChecks(new Rules(List.of(rule)), store.source)
                .run(1, NIGHT)
                .get(0);

        assertThat(links.fault()).isNull();
        assertThat(result.fault()).isNull();
        assertThat(found()).isEqualTo(expected(sample));
        if (sample.has("within")) {
            assertThat(result.within()).isEqualTo(sample.path("within").asLong());
        }
        if (sample.has("population")) {
            assertThat(result.population()).isEqualTo(sample.path("population").asLong());
        }
        for (String line : texts(sample.path("explained"))) {
            Break first = breaks().list(null, null, 1).get(0);
            assertThat(breaks().explain(first)).contains(line);
        }
    }

    @Test
    void everyRuleHasASampleWithABreakAndOneWithout() throws IOException {
        Map<String, Set<Boolean>> shown = new TreeMap<>();
        samples()
                .forEach(file -> shown.computeIfAbsent(
                                file.getParent().getFileName().toString(), code -> new TreeSet<>())
                        .add(!read(file).path("breaks").isEmpty()));

        assertThat(rules.all())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(shown.getOrDefault(rule.code(), Set.of()))
                        .as(rule.code())
                        .containsExactly(false, true));
    }

    @Test
    void everyCauseHasASample() throws IOException {
        Set<String> tried = new TreeSet<>();
        samples()
                .forEach(file -> read(file)
                        .path("breaks")
                        .forEach(one -> tried.add(file.getParent().getFileName() + " "
                                + one.path("cause").asText())));
        List<String> causes = new ArrayList<>();
        rules.all().forEach(rule -> rule.causes().keySet().forEach(cause -> causes.add(rule.code() + " " + cause)));

        assertThat(tried).containsAll(causes);
    }

    /** {@code LINK billing account 310 = crm customer C1}. */
    private static void say(String said) {
        String[] words = said.split(" ");
        Decisions decisions =
                new Decisions(store.source, new Audit(store.source, store.clock), identity, store.clock, Seals.NONE);
        decisions.say(
                Seeds.urn(words[1], words[2], words[3]),
                Seeds.urn(words[5], words[6], words[7]),
                Decisions.Word.valueOf(words[0]),
                "called back",
                "ab12");
    }

    private static Breaks breaks() {
        return new Breaks(rules, store.source, store.clock, NIGHT.getOffset());
    }

    private static List<Map<String, String>> found() {
        List<Map<String, String>> found = new ArrayList<>();
        for (Break one : breaks().list(null, null, 1_000)) {
            Map<String, String> told = new LinkedHashMap<>();
            told.put("subject", one.subject());
            told.put("cause", one.cause());
            put(told, "kwh", one.kwh());
            put(told, "money", one.money());
            found.add(told);
        }
        return found;
    }

    private static void put(Map<String, String> told, String name, java.math.BigDecimal amount) {
        if (amount != null) {
            told.put(name, amount.stripTrailingZeros().toPlainString());
        }
    }

    private static List<Map<String, String>> expected(JsonNode sample) {
        List<Map<String, String>> expected = new ArrayList<>();
        for (JsonNode one : sample.path("breaks")) {
            Map<String, String> told = new LinkedHashMap<>();
            one.properties().forEach(entry -> {
                boolean isAmount = Set.of("kwh", "money").contains(entry.getKey());
                String text = entry.getValue().asText();
                told.put(
                        entry.getKey(),
                        isAmount
                                ? new java.math.BigDecimal(text)
                                        .stripTrailingZeros()
                                        .toPlainString()
                                : text);
            });
            expected.add(told);
        }
        return expected;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.valueToTree(
                    new Load(LoadSettings.builder().setLabel(file.toString()).build())
                            .loadFromString(Files.readString(file)));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
