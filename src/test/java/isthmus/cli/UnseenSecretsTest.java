package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole pass of the demo with everything that it starts, its log at level DEBUG: its passwords are made up anew each time. */
@NullUnmarked
class UnseenSecretsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String CANARY = "canary-5e1f0c4b-of-the-webhook";

    @TempDir
    Path directory;

    @Test
    void noSecretIsAnArgumentOfAProcessOrALineOfTheLog() throws Exception {
        Path data = directory.resolve("demo");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of(
                "-Disthmus.home=" + Path.of("").toAbsolutePath(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("isthmus.cli.Main", "demo", "--once", "--scale", "10", "--days", "1"));
        command.addAll(List.of("--transfer", "ftps", "--data", data.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LOGGING_LEVEL_ROOT", "DEBUG");
        builder.environment().put("ISTHMUS_RECONCILE_WEBHOOK_URL", "http://localhost:9/night");
        builder.environment().put("ISTHMUS_RECONCILE_WEBHOOK_SECRET", CANARY);

        // when all of it runs, and every process of it is looked at
        Process demo = builder.start();
        Set<String> seen = new TreeSet<>();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                Stream.concat(Stream.of(demo.toHandle()), demo.descendants())
                        .forEach(process -> arguments(process.pid(), seen));
                return !demo.isAlive();
            });
        } finally {
            List<ProcessHandle> left = demo.descendants().toList();
            demo.destroyForcibly().waitFor();
            left.forEach(process -> process.onExit().join());
        }

        // then its secrets are many, and none of them was to be seen
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(demo.exitValue())
                .as(said.substring(Math.max(0, said.length() - 2_000)))
                .isZero();
        Map<String, String> secrets = secrets(data);
        assertThat(secrets).hasSizeGreaterThan(4);
        assertThat(seen).anyMatch(line -> line.contains("kafka.Kafka")).anyMatch(line -> line.contains("isthmus"));
        assertThat(said.lines().filter(line -> line.contains(" DEBUG ")).count())
                .isGreaterThan(1_000);
        secrets.forEach((name, secret) -> {
            assertThat(seen.stream().filter(line -> line.contains(secret)))
                    .as(name)
                    .isEmpty();
            assertThat(said.contains(secret)).as("%s in the log", name).isFalse();
        });
    }

    private static Map<String, String> secrets(Path data) throws IOException {
        Map<String, String> secrets = new TreeMap<>(Map.of("webhook", CANARY));
        Properties kept = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("secrets.properties"))) {
            kept.load(file);
        }
        // A name, and no secret.
        kept.remove("kafka-cluster");
        kept.forEach((name, secret) -> secrets.put(name.toString(), secret.toString()));
        JsonNode environment = new ObjectMapper()
                .readTree(data.resolve("islands.json").toFile())
                .path("env");
        secrets.put("hmac", environment.path("ISTHMUS_HMAC_KEY").asText());
        return secrets;
    }

    private static void arguments(long pid, Set<String> into) {
        try {
            into.add(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' '));
        } catch (IOException hasEnded) {
            // One that ended while it was looked for.
        }
    }
}
