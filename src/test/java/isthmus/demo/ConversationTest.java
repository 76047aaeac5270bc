package isthmus.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path dir;

    @AfterEach
    void stopWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void answersTideAndCheckAndStopsWhenTold() throws Exception {
        Process islands = start("--data", data().toString(), "--scale", "100", "--days", "1", "--faults", "none");
        BufferedReader out = islands.inputReader();

        assertThat(firstAfterProgress(out))
                .isEqualTo("ready " + data().toRealPath().resolve("islands.json"));
        var state = new ObjectMapper().readTree(data().resolve("islands.json").toFile());
        assertThat(state.path("pid").asLong()).isEqualTo(islands.pid());
        assertThat(state.path("env").path("CRM_URL").asText()).startsWith("http://127.0.0.1:");
        layTables(state.path("env"));
        say(islands, "tide\ncheck\ndance\nstop\n");
        assertThat(out.readLine()).isEqualTo("tide done");
        assertThat(out.readLine()).startsWith("check {").contains("\"lost\":").endsWith("}");
        assertThat(out.readLine()).isEqualTo("failed does not know dance");
        assertThat(out.readLine()).isNull();
        assertThat(islands.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(islands.exitValue()).isZero();
    }

    @Test
    void leavesNoServerBehindWhenItIsKilled() throws Exception {
        Process islands = start("--data", data().toString(), "--scale", "100", "--days", "1", "--faults", "none");
        assertThat(firstAfterProgress(islands.inputReader())).startsWith("ready ");
        List<ProcessHandle> servers = servers();
        assertThat(servers).hasSize(3);

        islands.destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        Process islands = start("--data", data().toString(), "--faults", "many");

        assertThat(islands.inputReader().readLine()).isEqualTo("failed --faults is none, light or nasty, not many");
        assertThat(islands.waitFor()).isEqualTo(2);
    }

    /** The checker looks into the tables that the hub lays when it starts. */
    private static void layTables(JsonNode env) {
        Flyway.configure()
                .dataSource(
                        env.path("ISTHMUS_STORE_URL").asText(),
                        env.path("ISTHMUS_STORE_USER").asText(),
                        env.path("ISTHMUS_STORE_PASSWORD").asText())
                .load()
                .migrate();
    }

    private Path data() {
        return dir.resolve("islands");
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "isthmus.demo.Islands",
                "--broker-lib",
                "target/demo-broker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    private static String firstAfterProgress(BufferedReader out) {
        return out.lines()
                .filter(line -> !line.startsWith("progress "))
                .findFirst()
                .orElse("nothing");
    }

    private static void say(Process islands, String lines) throws IOException {
        islands.outputWriter().write(lines);
        islands.outputWriter().flush();
    }

    private List<ProcessHandle> servers() throws IOException {
        try (var files = Files.list(data().resolve("pid"))) {
            return files.map(ConversationTest::process)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).split(" ")[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
