package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page and the schemas are what the code says: rewrite them with {@code -Dtest=ReferenceTest -Dgolden=write}. */
class ReferenceTest {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final Map<String, String> FILES = Map.of(
            "docs/reference.md", Reference.page(),
            "docs/schema/system.schema.json", Reference.system(),
            "docs/schema/mapping.schema.json", Reference.mapping());

    @Test
    void pageAndSchemasAreWhatTheCodeSays() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = Path.of(file.getKey());
            if (WRITE) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            assertThat(Files.readString(path)).isEqualTo(file.getValue());
        }
        assertThat(Reference.page()).doesNotContain("| null |");
    }

    @Test
    void namesExactlyTheFieldsThatTheReadersAskFor() {
        Problems problems = new Problems();
        String text = "system: x\njunk: 1\npulls: {p: {junk: 1}}\n";
        new SystemReaderProbe(Section.read("x/system.yaml", text, problems), problems).read();

        List<String> known = problems.faults().stream()
                .filter(fault -> fault.reason().equals("unknown field junk"))
                .map(fault -> fault.hint().replace("known here: ", ""))
                .toList();
        assertThat(known).hasSize(2);
        assertThat(known.get(0).split(", ")).containsExactlyInAnyOrderElementsOf(PullReader.KEYS);
        assertThat(known.get(1).split(", ")).containsExactlyInAnyOrderElementsOf(SystemReader.KEYS);
    }

    /** Reads a card that lies in no folder. */
    private record SystemReaderProbe(Section card, Problems problems) {
        void read() {
            try {
                new SystemReader(Path.of("x"), card, problems, name -> name).read();
            } catch (IOException fault) {
                throw new java.io.UncheckedIOException(fault);
            }
        }
    }

    @Test
    void theSchemasAcceptEveryFolderOfThisRepository() throws IOException {
        List<String> faults = new ArrayList<>();
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".yaml"))::iterator) {
                String name = file.getFileName().toString();
                String schema = name.equals("system.yaml")
                        ? Reference.system()
                        : name.endsWith(".mapping.yaml") ? Reference.mapping() : null;
                if (schema != null) {
                    Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                    String json = new ObjectMapper().writeValueAsString(document);
                    registry.getSchema(schema, InputFormat.JSON)
                            .validate(json, InputFormat.JSON)
                            .forEach(fault -> faults.add(file + " " + fault));
                }
            }
        }
        assertThat(faults).isEmpty();
    }
}
