package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileTakesThePlaceOfTheOneBefore() throws IOException {
        Path file = Files.writeString(folder.resolve("night.html"), "old");

        new WholeFile(file).write(to -> {
            to.accept("电");
            to.accept("费");
        });

        assertThat(file).hasContent("电费");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void whatBreaksOffLeavesTheOldFileAndNothingBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("night.html"), "old");

        assertThatThrownBy(() -> new WholeFile(file).write(to -> {
                    to.accept("half");
                    throw new IllegalStateException("the store is away");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("night.html"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("last.html"), file);

        new WholeFile(link).write(to -> to.accept("new"));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void aPlaceWhereNoFileCanBeIsRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> new WholeFile(folder))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is there already and is no file");
        assertThatThrownBy(() -> new WholeFile(folder.resolve("none/night.html")))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("There is no folder ");
        assertThatThrownBy(() -> new WholeFile(Path.of("/dev/null"))).isInstanceOf(Refusal.class);
    }
}
