package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong about a declared format is told before anything starts. */
@NullUnmarked
class FileFormatTest {
    @TempDir
    Path routes;

    private void copy(String system, String file, String text, String replacement) throws IOException {
        try (Stream<Path> paths = Files.walk(Path.of("examples", system))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(
                        path,
                        routes.resolve(Path.of("examples").relativize(path).toString()));
            }
        }
        Path changed = routes.resolve(system).resolve(file);
        String before = Files.readString(changed);
        assertThat(before).contains(text);
        Files.writeString(changed, before.replace(text, replacement));
    }

    private Catalog read() {
        return CatalogReader.read(routes, Path.of("config"), name -> "x");
    }

    @Test
    void readsEveryExample() {
        assertThat(CatalogReader.read(Path.of("examples"), Path.of("config"), name -> "x")
                        .systems())
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nem         | format: nem12     | format: nem99                   | unknown format nem99
                    nem         | format: nem12     | format: jsonl                   | nothing says when a file is complete
                    nem         | NMI: text         | NNI: text                       | the format has no column NNI
                    mscons      | days: values      | days: points                    | no child table points
                    mscons      | time: FROM        | until: FROM                     | when is a point
                    rsm012xml   | position: POSITION | position: PLACE                | no column PLACE
                    rsm012json  | record: /Notify   | record: Notify                  | record is no path from the root
                    rsm012ebix  | format: xml       | format: mscons                  | record says nothing to format mscons
                    greenbutton | days: Interval    | delimiter: Interval             | delimiter says nothing to format espi""")
    void tellsAFormatThatCannotBe(String system, String text, String replacement, String fault) throws IOException {
        copy(system, "system.yaml", text, replacement);

        assertThatThrownBy(this::read).isInstanceOf(ConfigurationFault.class).hasMessageContaining(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rows: values        | rows: cells        | no child table cells
                    position: NO        | until: NO          | where in the day is a point
                    scale: -4           | scale: 7           | scale out of range
                    interval: INTERVAL  | interval: LENGTH   | neither a column nor a duration
                    qualities: value.QUALITY | qualities: other.QUALITY | no code table other.QUALITY
                    unit: [UOM, SUFFIX] | unit: [UOM]        | in which unit are the values""")
    void tellsPointsThatCannotBe(String text, String replacement, String fault) throws IOException {
        copy("nem", "intervalblock.mapping.yaml", text, replacement);

        assertThatThrownBy(this::read).isInstanceOf(ConfigurationFault.class).hasMessageContaining(fault);
    }
}
