package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Somebody edits folders of routes/ while the hub runs, as editors do it. */
class DevTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static Path home;
    private static Path data;
    private static Process dev;
    private static BufferedReader said;
    private static int port;
    private static int management;

    @BeforeAll
    static void start() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        data = directory.resolve("data");
        FileSystemUtils.copyRecursively(Path.of("routes"), home.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("config"), home.resolve("config"));
        Files.createSymbolicLink(home.resolve("target"), Path.of("target").toAbsolutePath());
        assertThat(isthmus("demo", "--once", "--quiet", "--scale", "30", "--days", "2", "--data", data.toString())
                        .exitCode())
                .isZero();
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            port = free.getLocalPort();
            management = another.getLocalPort();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-Disthmus.home=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "isthmus.cli.Main"));
        command.addAll(List.of("dev", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        dev = builder.start();
        said = dev.inputReader();
        heard("The hub is up and watches ");
    }

    @AfterAll
    static void end() throws InterruptedException {
        List<ProcessHandle> servers = dev.descendants().toList();
        dev.destroy();
        boolean hasEnded = dev.waitFor(2, TimeUnit.MINUTES);
        dev.destroyForcibly().waitFor();
        servers.forEach(server -> server.onExit().join());
        assertThat(hasEnded).as("it ends when it is asked to").isTrue();
    }

    @Test
    void whatIsSavedIsTakenInAndWhatIsBrokenIsToldAndNothingElseIsTouched() throws Exception {
        // when a mapping is saved, the way an editor does it, then its system alone is swapped
        save("billing/payment.mapping.yaml", "version: 1", "version: 2");
        assertThat(heard("billing: ")).endsWith("  billing: 5 routes swapped; mapping payment 1 -> 2");

        // when an edit is broken, then the place is told, here and to whoever asks from the next terminal
        save("billing/payment.mapping.yaml", "{money: PAY_AMT}  ", "{monye: PAY_AMT}  ");
        assertThat(heard("billing: ")).endsWith("billing: refused, the old routes go on");
        assertThat(said.readLine()).contains("routes/billing/payment.mapping.yaml:10: ", "monye");
        Told broken = isthmus("reload", "billing", "--port", "" + management);
        assertThat(broken.exitCode()).isEqualTo(Exit.CHECK_FAILED);
        assertThat(broken.text()).contains("refused, the old routes go on", "payment.mapping.yaml:10: ");

        // when it is mended, then it is taken in, and can be once more by hand
        save("billing/payment.mapping.yaml", "{monye: PAY_AMT}  ", "{money: PAY_AMT}  ");
        heard("billing: 5 routes swapped");
        Told again = isthmus("reload", "billing", "--port", "" + management);
        assertThat(again.exitCode()).isEqualTo(Exit.OK);
        assertThat(again.text()).isEqualToIgnoringNewLines("billing: 5 routes swapped");

        // when a folder comes, then it is begun, and ended when it goes
        Path weather = home.resolve("routes/weather");
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/routes-fourth/weather"), weather);
        heard("weather: 1 route started");
        awaitMetric("isthmus_lease_held{system=\"weather\"} 1.0");
        FileSystemUtils.deleteRecursively(weather);
        heard("weather: its folder is gone, its routes are stopped");
        awaitMetric("isthmus_lease_held{system=\"weather\"} 0.0");
        assertThat(isthmus("reload", "weather", "--port", "" + management).exitCode())
                .isEqualTo(Exit.USAGE);

        // when a setting is wrong, then that is told too
        Path settings = home.resolve("config/application.yaml");
        Files.writeString(settings, Files.readString(settings).replace("  lease: PT15S", "  leese: PT15S"));
        heard("config: 1 fault");
        assertThat(said.readLine()).contains("config/application.yaml:5: unknown setting isthmus.leese");
    }

    @Test
    void nobodyFromAnotherMachineMayLoadARoute() throws Exception {
        assertThat(status("127.0.0.1", "127.0.0.1:" + management))
                .as("from here")
                .startsWith("HTTP/1.1 200");

        assertThat(status("127.0.0.1", "evil.example:" + management))
                .as("from a page in a browser here")
                .startsWith("HTTP/1.1 403");
        List<InetAddress> others = notLoopback();
        assumeThat(others).isNotEmpty();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> status(other.getHostAddress(), "127.0.0.1:" + management))
                    .as("by way of %s", other)
                    .isInstanceOf(ConnectException.class);
        }
    }

    private String status(String address, String host) throws IOException {
        String body = "{\"system\":\"crm\"}";
        try (Socket socket = new Socket(address, management)) {
            socket.getOutputStream()
                    .write(("POST /actuator/reload HTTP/1.1\r\nHost: " + host
                                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<InetAddress> notLoopback() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .toList();
    }

    /** That it is pulled, or no more, shows in who holds its lease. */
    private static void awaitMetric(String line) {
        HttpRequest question = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + management + "/actuator/prometheus"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        await().atMost(PATIENCE).until(() -> {
            assertThat(dev.isAlive()).isTrue();
            return client.send(question, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains(line);
        });
    }

    /** The next line with this text; what comes before it is passed over. */
    private static String heard(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the hub ended without a word of \"" + text + "\":\n" + all);
    }

    /** Another file, renamed over the one that was edited. */
    private void save(String file, String text, String replacement) throws IOException {
        Path path = home.resolve("routes").resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Path beside = path.resolveSibling(path.getFileName() + "~");
        Files.writeString(beside, before.replace(text, replacement));
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private record Told(int exitCode, String text) {}

    private static Told isthmus(String... command) {
        PrintStream console = System.out;
        var answer = new ByteArrayOutputStream();
        System.setOut(new PrintStream(answer, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(command);
            return new Told(exitCode, answer.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(console);
        }
    }
}
