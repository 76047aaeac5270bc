package isthmus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import isthmus.chaos.check.Ground;
import isthmus.chaos.check.HubPages;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The hub as a child JVM, {@code isthmus run}: started, killed, stopped, continued, asked how it is. */
final class HubProcess implements AutoCloseable {
    /** The exit code of a JVM that SIGTERM has ended in order. */
    static final int TERMINATED = 143;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;
    private final Path temporary;
    private final int port;
    private final int management;

    private HubProcess(Process process, Path log, Path temporary, int port, int management) {
        this.process = process;
        this.log = log;
        this.temporary = temporary;
        this.port = port;
        this.management = management;
    }

    /**
     * Starts a hub and does not wait for it.
     *
     * @param home with routes/ and config/
     * @param extra class path to put before the product's, null for none
     * @param temporary its java.io.tmpdir
     */
    static HubProcess start(Path home, Map<String, String> environment, String extra, Path log, Path temporary)
            throws IOException {
        int port = free();
        int management = free();
        ProcessBuilder builder = isthmus(home, environment, extra, log, temporary, "run");
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        builder.environment().put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new HubProcess(process, log, temporary, port, management);
    }

    private static ProcessBuilder isthmus(
            Path home, Map<String, String> environment, String extra, Path log, Path temporary, String command) {
        List<String> line = new ArrayList<>(IslandsProcess.java("384m"));
        line.addAll(List.of("-Disthmus.home=" + home, "-Djava.io.tmpdir=" + temporary));
        String product = IslandsProcess.classPath();
        line.addAll(List.of("-cp", extra == null ? product : extra + File.pathSeparator + product));
        line.addAll(List.of("isthmus.cli.Main", command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // A hub that was killed keeps its leases for this long.
        builder.environment().put("ISTHMUS_LEASE", "PT3S");
        builder.environment().putAll(environment);
        return builder;
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Ground.Hub seen() {
        return new Ground.Hub(address(), process.pid(), List.of(log), temporary);
    }

    /** Where the data service answers. */
    String service() {
        return "http://127.0.0.1:" + port;
    }

    private String address() {
        return "http://127.0.0.1:" + management;
    }

    HubPages pages() {
        return new HubPages(address());
    }

    /** Waits until it answers, whatever it answers. */
    HubProcess awaitUp() {
        Awaitility.await("the hub answers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the hub ended with " + process.exitValue() + ": " + log());
                    }
                    try {
                        return pages().health().has("status");
                    } catch (IOException notYet) {
                        return false;
                    }
                });
        return this;
    }

    /** Waits until health names a reason in one of its parts; returns that part. */
    JsonNode awaitTrouble(String part, String reason) {
        JsonNode[] seen = new JsonNode[1];
        Awaitility.await("health says " + reason + " in " + part)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    JsonNode health = health();
                    seen[0] = health.path("components").path(part);
                    return !health.path("status").asText().equals("UP")
                            && seen[0].toString().contains(reason);
                });
        return seen[0];
    }

    void awaitStatus(String status) {
        Awaitility.await("health is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> health().path("status").asText().equals(status));
    }

    /** What it says, or nothing while it is too busy to answer. */
    private JsonNode health() {
        try {
            return pages().health();
        } catch (IOException busy) {
            return MissingNode.getInstance();
        }
    }

    /** Its exit code, once it has ended by itself. */
    int awaitEnd() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the hub does not end: " + log());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    void awaitLog(String pattern) {
        Awaitility.await("the log says " + pattern)
                .atMost(PATIENCE)
                .until(() -> Pattern.compile(pattern).matcher(log()).find());
    }

    /** The first lines of the log that say something of each kind, for people. */
    String sample(String level) throws IOException {
        Map<String, String> kinds = new LinkedHashMap<>();
        log().lines()
                .filter(line -> line.matches("[0-9:.]{12} (" + level + ") +isthmus.*"))
                .forEach(line -> kinds.putIfAbsent(line.substring(13).replaceAll("[0-9]+", "n"), line));
        return kinds.values().stream().limit(12).collect(Collectors.joining("\n"));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void freeze() throws IOException {
        Signals.send(process.pid(), "STOP");
    }

    void thaw() throws IOException {
        Signals.send(process.pid(), "CONT");
    }

    /** SIGTERM; its exit code. */
    int end() throws InterruptedException, IOException {
        process.destroy();
        return awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
