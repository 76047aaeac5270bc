package isthmus.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check as an auditor runs it: the classes of one package, a JDK, and files. */
class VerifyAloneTest {
    private static final Path CLASSES = Path.of("target/classes/isthmus/audit/proof");

    @TempDir
    Path folder;

    @Test
    void theCheckRunsOnTheJdkAlone() throws Exception {
        Path alone = Files.createDirectories(folder.resolve("classes/isthmus/audit/proof"));
        try (Stream<Path> classes = Files.list(CLASSES)) {
            for (Path file : classes.toList()) {
                Files.copy(file, alone.resolve(file.getFileName().toString()));
            }
        }
        Path export = Files.createDirectory(folder.resolve("export"));
        Entry entry = new Entry(1, Instant.parse("2026-11-30T08:00:00Z"), "ab12", "cursor.rewind", "till", "late");
        Peaks peaks = Peaks.of(0, new byte[0]);
        peaks.add(entry.leaf(), Peaks.Completed.NONE);
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Head head =
                Head.signed(1, Instant.parse("2026-11-30T09:00:00Z"), peaks.root(), key.getPrivate(), key.getPublic());
        String line = new Entry.Line(entry, entry.leaf()).text();
        Files.write(export.resolve(Evidence.LOG), List.of(line));
        Files.write(export.resolve(Evidence.HEADS), List.of(head.line()));

        assertThat(run(export)).startsWith("0: 1 entries; one head vouches for the first 1, signed with ");
        Files.write(export.resolve(Evidence.LOG), List.of(line.replace("late", "soon")));
        assertThat(run(export)).startsWith("1: CHANGED: entry 1 was altered");
        Files.delete(export.resolve(Evidence.LOG));
        assertThat(run(export)).startsWith("2: Nothing is verified: there is no audit.jsonl");
    }

    private String run(Path export) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder.resolve("classes").toString(),
                        Verify.class.getName(),
                        export.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + said;
    }
}
