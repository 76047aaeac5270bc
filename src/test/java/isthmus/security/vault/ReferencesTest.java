package isthmus.security.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class ReferencesTest {
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path home;

    private Path file;
    private Vault vault;
    private References references;

    @BeforeEach
    void layDownASecret() throws IOException {
        file = home.resolve("mounted");
        Files.writeString(file, "hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        vault = Vault.of(home, name -> null);
        vault.set("store", "hunter3");
        references = new References(vault, warnings::add);
    }

    @Test
    void fetchesFromAFileFromTheKeystoreAndFromTheEnvironment() {
        var all = references.beside(Map.of("USER", "u")::get);

        assertThat(all.apply("file:" + file)).isEqualTo("hunter2");
        assertThat(all.apply("keystore:store")).isEqualTo("hunter3");
        assertThat(all.apply("USER")).isEqualTo("u");
        assertThat(all.apply("NOBODY")).isNull();
        assertThat(references.resolved("${keystore:store}")).isEqualTo("hunter3");
        assertThat(references.resolved("keystore:store")).isEqualTo("keystore:store");
        assertThat(warnings).isEmpty();
    }

    @Test
    void asksAnewEachTime() throws IOException {
        assertThat(references.value("keystore:store")).isEqualTo("hunter3");

        vault.rotate("store", "hunter4");

        assertThat(references.value("keystore:store")).isEqualTo("hunter4");
    }

    @Test
    void warnsOnceOfAFileThatEverybodyMayRead() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        references.value("file:" + file);
        references.value("file:" + file);

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(file.toString())
                .doesNotContain("hunter2");
    }

    @Test
    void saysWhatIsMissingAndNotWhatIsThere() throws IOException {
        Files.writeString(home.resolve("empty"), "\n");
        Files.writeString(home.resolve("nested"), "hunter2${x}");

        assertThatThrownBy(() -> references.value("keystore:nobody")).hasMessage("the keystore holds no secret nobody");
        assertThatThrownBy(() -> references.value("file:/nowhere/x")).hasMessage("file /nowhere/x is not there");
        assertThatThrownBy(() -> references.value("file:mounted")).hasMessageContaining("from the root on");
        assertThatThrownBy(() -> references.value("file:" + home)).hasMessageContaining("is not there");
        assertThatThrownBy(() -> references.value("file:" + home.resolve("empty")))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> references.value("file:" + home.resolve("nested")))
                .hasMessageNotContaining("hunter2");
    }
}
