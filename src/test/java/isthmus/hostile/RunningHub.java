package isthmus.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.chaos.IslandsProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code isthmus run} as people run it, with sign-in. */
final class RunningHub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** It answers that it is asked too often. */
    private static final int TOO_MANY = 429;

    private static final ObjectMapper JSON = new ObjectMapper();

    final HttpClient http = HttpClient.newHttpClient();
    final Path temporary;
    private final Process process;
    private final Path log;
    private final int port;
    private final int management;
    private volatile boolean isAskedToEnd;

    private RunningHub(Process process, Path log, Path temporary, int port, int management) {
        this.management = management;
        this.process = process;
        this.log = log;
        this.temporary = temporary;
        this.port = port;
    }

    static RunningHub start(Path home, Map<String, String> environment) throws IOException {
        int port = free();
        int management = free();
        Path temporary = Files.createDirectories(home.resolveSibling("tmp"));
        Path log = home.resolveSibling("hub.log");
        List<String> command = new ArrayList<>(IslandsProcess.java("1g"));
        // Fifty systems, nearly all of them hostile at once, are too many for the 512 MB of the image; a hub whose
        // memory was taken ends, as it does there.
        command.addAll(List.of("-XX:NewRatio=1", "-XX:SurvivorRatio=3", "-XX:+ExitOnOutOfMemoryError"));
        // Names lead where the siege says, and elsewhere from one second to the next.
        command.addAll(List.of("-Djdk.net.hosts.file=" + home.resolveSibling("hosts"), "-Dsun.net.inetaddr.ttl=1"));
        command.addAll(List.of("-Disthmus.home=" + home, "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-cp", IslandsProcess.classPath(), "isthmus.cli.Main", "run"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RunningHub(process, log, temporary, port, management);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    RunningHub awaitUp() {
        Awaitility.await("the hub answers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the hub ended with " + process.exitValue() + ": " + log());
                    }
                    return isUp();
                });
        return this;
    }

    boolean isAskedToEnd() {
        return isAskedToEnd;
    }

    boolean isUp() {
        try {
            int status = told("/actuator/health/ping", "").statusCode();
            return status == 200 || status == TOO_MANY;
        } catch (IOException notNow) {
            return false;
        }
    }

    /** Health and metrics are told at a port of their own. */
    HttpResponse<String> told(String path, String token) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path)), token);
    }

    HttpResponse<String> get(String path, String token, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, token);
    }

    JsonNode post(String path, String json, String token) throws IOException {
        int at = path.startsWith("/actuator/") ? management : port;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return JSON.readTree(send(request, token).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token) throws IOException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(
                    request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** SIGTERM. */
    void askToEnd() {
        isAskedToEnd = true;
        process.destroy();
    }

    /** Its exit code, once it has ended. */
    int end() throws InterruptedException {
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
