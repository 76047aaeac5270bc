package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with a keystore of its own and without a store. */
@NullUnmarked
class SecretCommandTest {
    @TempDir
    Path directory;

    @Test
    void aSecretComesByAPipeIsListedByNameAndIsNeverShown() throws Exception {
        assertThat(run("hunter2\n", "secret", "set", "billing"))
                .matches(told -> told.exitCode() == Exit.OK)
                .matches(told -> told.text().contains("Secret billing is kept in"))
                .matches(told -> told.text().contains("not in the audit: no store is set"));
        assertThat(run("hunter3\n", "secret", "rotate", "billing").exitCode()).isEqualTo(Exit.OK);

        Told list = run("", "secret", "list");

        assertThat(list.exitCode()).isEqualTo(Exit.OK);
        assertThat(list.text()).contains("billing", "kept").doesNotContain("hunter");
        assertThat(run("", "secret", "rotate", "billing", "--undo").exitCode()).isEqualTo(Exit.OK);
        assertThat(run("", "secret", "rotate", "billing", "--undo"))
                .isEqualTo(new Told(Exit.USAGE, "There is no former secret of billing; see isthmus secret list.\n"));
        assertThat(run("", "secret", "drop", "billing").exitCode()).isEqualTo(Exit.OK);
        assertThat(run("", "secret", "list").text()).contains("No secret is kept.");
    }

    @Test
    void aSecretIsNoArgumentAndNoArgumentIsRepeated() throws Exception {
        Told told = run("", "secret", "set", "billing", "hunter2");

        assertThat(told.exitCode()).isEqualTo(Exit.USAGE);
        assertThat(told.text()).contains("A secret is no argument").doesNotContain("hunter2");
    }

    @Test
    void anEmptyOneAndAnOddNameAreRefused() throws Exception {
        assertThat(run("", "secret", "set", "billing").exitCode()).isEqualTo(Exit.USAGE);
        assertThat(run("x", "secret", "set", "Billing~former").exitCode()).isEqualTo(Exit.USAGE);
        assertThat(run("x", "secret", "rotate", "billing").text()).contains("There is no secret billing");
    }

    private record Told(int exitCode, String text) {}

    private Told run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("-Disthmus.home=" + directory, "-cp", System.getProperty("java.class.path")));
        command.add("isthmus.cli.Main");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)).transferTo(out);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Told(process.waitFor(), text);
    }
}
