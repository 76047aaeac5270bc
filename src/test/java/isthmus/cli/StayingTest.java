package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a newcomer types first: the demo that stays, on a directory where nothing is yet. */
class StayingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Process demo;
    private BufferedReader answers;
    private int port;
    private int management;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            port = free.getLocalPort();
            management = another.getLocalPort();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path home = Path.of("").toAbsolutePath();
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-Disthmus.home=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "isthmus.cli.Main"));
        command.addAll(List.of("demo", "--quiet", "--scale", "30", "--days", "2", "--data", directory + "/demo"));
        // Whoever starts it stands somewhere else, and its settings hold nevertheless.
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        builder.environment().put("ISTHMUS_RECONCILE_WEBHOOK_URL", "http://localhost:9/night");
        demo = builder.redirectError(directory.resolve("err").toFile()).start();
        answers = demo.inputReader();
    }

    @AfterEach
    void end() throws InterruptedException {
        List<ProcessHandle> servers = demo.descendants().toList();
        demo.destroyForcibly().waitFor();
        servers.forEach(server -> server.onExit().join());
    }

    @Test
    void comesUpOnAFreshDirectoryServesHealthAndMetricsPullsAndEndsWhenAsked() throws Exception {
        // given a hub that says that it is up
        StringBuilder said = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Ctrl-C")) {
                break;
            }
        }
        assertThat(said)
                .as(() -> Files.exists(directory.resolve("err")) ? read(directory.resolve("err")) : "")
                .contains("Isthmus is up", "http://127.0.0.1:" + management + "/actuator/health");

        // then everything that it depends on is named and up
        JsonNode health = new ObjectMapper().readTree(get("/actuator/health"));
        assertThat(health.path("status").asText()).as("%s", health).isEqualTo("UP");
        assertThat(health.path("components").has("relay")).as("%s", health).isTrue();

        // and a browser is told there too to load nothing
        assertThat(ask("/actuator/health").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));

        // and nobody on another machine can ask it anything
        for (InetAddress other : DevTest.notLoopback()) {
            assertThatThrownBy(() -> new Socket(other, port).close()).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new Socket(other, management).close()).isInstanceOf(ConnectException.class);
        }

        // and it pulls by itself: what it counts shows in the metrics
        String metrics = await().atMost(PATIENCE)
                .until(
                        () -> {
                            assertThat(demo.isAlive()).isTrue();
                            return get("/actuator/prometheus");
                        },
                        told -> told.contains("isthmus_records_total{"));
        assertThat(metrics).contains("system=\"billing\"");

        // and it would tell of a night on both channels
        assertThat(metrics)
                .contains(
                        "isthmus_reconcile_untold{channel=\"kafka\"} 0.0",
                        "isthmus_reconcile_untold{channel=\"webhook\"} 0.0");

        // and it ends, servers and all, when it is asked to
        List<ProcessHandle> servers = demo.descendants().toList();
        demo.destroy();
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(servers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    private String get(String path) throws IOException, InterruptedException {
        return ask(path).body();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            return fault.toString();
        }
    }
}
