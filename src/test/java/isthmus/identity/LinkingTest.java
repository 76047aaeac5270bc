package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.crosscheck.Seeds;
import isthmus.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each rule with its guard and its vetoes: scenes of {@code src/test/resources/links}, a file a rule. */
class LinkingTest {
    private static final Path SCENES = Path.of("src/test/resources/links");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Store STORE = Store.fresh();

    @BeforeEach
    void forget() {
        STORE.forget();
    }

    static Stream<Named<JsonNode>> scenes() throws IOException {
        List<Named<JsonNode>> scenes = new ArrayList<>();
        for (LinkRule rule : LinkRule.values()) {
            read(SCENES.resolve(rule.code() + ".yaml"))
                    .properties()
                    .forEach(scene -> scenes.add(named(rule.code() + ": " + scene.getKey(), scene.getValue())));
        }
        return scenes.stream();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void aSceneGivesThePairsItSays(JsonNode scene) {
        Seeds.write(STORE, scene.path("records"));

        LinkReport report = new Linking(IdentityRules.read(Path.of("config"), Pairs.SYSTEMS), STORE.source, STORE.clock)
                .update(1, Linking.Notes.NONE);

        assertThat(report.fault()).isNull();
        assertThat(Pairs.standing(STORE)).containsExactlyInAnyOrderElementsOf(texts(scene.path("pairs")));
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasASceneInWhichItLinksAndOneInWhichItDoesNot(LinkRule rule) {
        Set<Boolean> links = new HashSet<>();

        read(SCENES.resolve(rule.code() + ".yaml"))
                .forEach(scene -> links.add(texts(scene.path("pairs")).stream()
                        .anyMatch(pair -> pair.startsWith(rule.code() + " linked"))));

        assertThat(links).containsExactlyInAnyOrder(true, false);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
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
