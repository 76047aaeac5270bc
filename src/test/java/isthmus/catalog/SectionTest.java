package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file as such is told of it, whatever it was meant to say. */
class SectionTest {
    @TempDir
    Path folder;

    private static List<String> faults(String text) {
        Problems problems = new Problems();
        Section.read("f.yaml", text, problems);
        return problems.all();
    }

    @Test
    void tellsAnAliasWithinWhatItNames() {
        assertThat(faults("a: 1\nb: &b\n  c: [*b]\n"))
                .containsExactly("f.yaml:3: an alias: write it out where it is meant");
        assertThat(faults("a: &a {x: 1}\nb: {x: 1}\n")).isEmpty();
    }

    @Test
    void tellsAliasesThatUnfoldWithoutEnd() {
        StringBuilder text = new StringBuilder("a: &a0 [x, x]\n");
        for (int i = 0; i < 30; i++) {
            text.append("b%d: &a%d [*a%d, *a%d]\n".formatted(i, i + 1, i, i));
        }

        assertThat(faults(text.toString())).singleElement().asString().contains("an alias");
    }

    @Test
    void tellsWhatLiesTooDeep() {
        assertThat(faults("a: " + "[".repeat(30_000)))
                .containsExactly("f.yaml:1: more than 64 levels: none of these files has as many");
    }

    @Test
    void tellsAFileThatIsNotUtf8() throws IOException {
        Path system = Files.createDirectory(folder.resolve("tiny"));
        byte[] text = "# 电能\nsystem: tiny\n".getBytes(Charset.forName("GB18030"));
        Files.write(system.resolve("system.yaml"), text);

        assertThat(CatalogReader.lint(List.of(system)))
                .extracting(Problems.Fault::reason)
                .containsExactly("not UTF-8");
    }

    @Test
    void tellsACharsetInWhichNothingCanBeCutOrWritten() throws IOException {
        Path system = Files.createDirectory(folder.resolve("tiny"));

        for (String charset : List.of("UTF-16", "IBM037", "ISO-2022-CN")) {
            Files.writeString(system.resolve("system.yaml"), "system: tiny\ncharset: " + charset + "\n");
            assertThat(CatalogReader.lint(List.of(system)))
                    .extracting(Problems.Fault::reason)
                    .contains(charset + " cannot be cut at line ends by bytes");
        }
    }
}
