package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo that asks who one is, with everything exposed that Spring would show. */
@NullUnmarked
class SignInTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Path data;
    private Process demo;
    private int port;
    private int management;

    @BeforeEach
    void start() throws IOException {
        data = directory.resolve("demo");
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            port = free.getLocalPort();
            management = another.getLocalPort();
        }
        ProcessBuilder builder =
                isthmus("demo", "--sign-in", "--scale", "30", "--days", "2", "--data", data.toString());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        builder.environment().put("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "*");
        demo = builder.redirectErrorStream(true).start();
        BufferedReader said = demo.inputReader();
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains("curl -H")) {
                break;
            }
        }
        assertThat(all).contains("DEMO SIGN-IN").contains("tokens/consumer");
    }

    @AfterEach
    void end() throws InterruptedException {
        List<ProcessHandle> servers = demo.descendants().toList();
        demo.destroy();
        demo.waitFor(2, TimeUnit.MINUTES);
        demo.destroyForcibly().waitFor();
        servers.forEach(server -> server.onExit().join());
    }

    @Test
    void nobodyIsLetInAndEverybodyMayWhatTheirRoleMay() throws Exception {
        // given tokens in files, and one from the command
        String consumer = token("consumer");
        String viewer = token("viewer");
        String operator = token("operator");
        Told auditor = run(Map.of(), "token", "--role", "auditor", "--data", data.toString());

        // then each may what its role may
        assertThat(status("/api/v1/bill", "")).isEqualTo(401);
        assertThat(status("/actuator/health", "")).isEqualTo(401);
        assertThat(status("/actuator/health/ping", "")).isEqualTo(200);
        assertThat(status("/api/v1/bill", consumer)).isEqualTo(200);
        assertThat(status("/api/v1/customer", consumer)).isEqualTo(200);
        assertThat(status("/api/v1/customer", viewer)).isEqualTo(403);
        assertThat(status("/actuator/prometheus", consumer)).isEqualTo(403);
        assertThat(status("/actuator/prometheus", viewer)).isEqualTo(200);
        assertThat(status("/api/v1/nights", auditor.text().strip())).isEqualTo(200);

        // and how it is, is told on its own port and on no other
        assertThat(statusAt(port, "/actuator/health/ping", viewer)).isEqualTo(404);
        assertThat(statusAt(management, "/api/v1/bill", consumer)).isEqualTo(404);

        // and what Spring shows besides is there for nobody
        for (String hidden : List.of(
                "env", "heapdump", "loggers", "threaddump", "configprops", "beans", "mappings", "flyway", "metrics")) {
            assertThat(status("/actuator/" + hidden, "")).as(hidden).isEqualTo(401);
            assertThat(status("/actuator/" + hidden, operator)).as(hidden).isEqualTo(404);
        }

        // and a route is loaded by an operator alone
        assertThat(run(Map.of(), "reload", "crm", "--port", "" + management).exitCode())
                .isEqualTo(Exit.REFUSED);
        assertThat(run(Map.of("ISTHMUS_TOKEN", viewer), "reload", "crm", "--port", "" + management)
                        .exitCode())
                .isEqualTo(Exit.REFUSED);
        assertThat(run(Map.of("ISTHMUS_TOKEN", operator), "reload", "crm", "--port", "" + management)
                        .exitCode())
                .isEqualTo(Exit.OK);

        // and a key of the command opens what it names, until it is revoked
        Told made = run(
                Map.of(),
                "key",
                "create",
                "--name",
                "portal",
                "--scopes",
                "feed:read",
                "--entities",
                "bill",
                "--data",
                data.toString());
        String key = made.text().lines().findFirst().orElseThrow();
        assertThat(key).as(made.text()).startsWith("isk_");
        assertThat(status("/api/v1/bill", key)).isEqualTo(200);
        assertThat(status("/api/v1/payment", key)).isEqualTo(403);
        assertThat(run(Map.of(), "key", "list", "--data", data.toString()).text())
                .contains("portal", "feed:read", "good")
                .doesNotContain(key);
        assertThat(run(Map.of(), "key", "revoke", key.substring(4, 20), "--reason", "test", "--data", data.toString())
                        .exitCode())
                .isEqualTo(Exit.OK);

        // and a partner's key opens what was granted to it, and nothing else
        String partner = run(
                        Map.of(),
                        ("key create --name bank-a --partner bank-a --scopes feed:read --entities bill,payment --data "
                                        + data)
                                .split(" "))
                .text()
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(status("/api/v1/bill", partner)).isEqualTo(403);
        assertThat(run(
                                Map.of(),
                                ("share grant --partner bank-a --purpose shareFinance --entity bill --fields amounts.total"
                                                + " --ticket DPO-117 --until "
                                                + OffsetDateTime.now().plusDays(30) + " --data " + data)
                                        .split(" "))
                        .text())
                .contains("Grant 1: bank-a may have /amounts/total of each bill");
        assertThat(status("/api/v1/bill", partner)).isEqualTo(200);
        assertThat(status("/api/v1/payment", partner)).isEqualTo(403);
        assertThat(run(Map.of(), "share", "list", "--data", data.toString()).text())
                .contains("bank-a", "shareFinance", "/amounts/total", "DPO-117", "good");

        // and that a secret was set is in the audit, by its name alone
        Files.writeString(directory.resolve("typed"), "hunter2\n");
        Map<String, String> keystore = Map.of(
                "ISTHMUS_SECRETS_STORE", directory.resolve("secrets.p12").toString(),
                "ISTHMUS_SECRETS_KEY", directory.resolve("secrets.key").toString());
        assertThat(run(keystore, "secret", "set", "billing", "--data", data.toString())
                        .text())
                .contains("Secret billing is kept")
                .doesNotContain("not in the audit");
        assertThat(run(Map.of(), "audit", "list", "--data", data.toString()).text())
                .contains("secret.set", "secret:billing")
                .doesNotContain("hunter2");
    }

    private String token(String role) throws IOException {
        return Files.readString(data.resolve("tokens").resolve(role));
    }

    private int status(String path, String token) throws IOException, InterruptedException {
        return statusAt(path.startsWith("/actuator") ? management : port, path, token);
    }

    private static int statusAt(int door, String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private record Told(int exitCode, String text) {}

    private Told run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = isthmus(arguments);
        builder.environment().putAll(environment);
        if (Files.exists(directory.resolve("typed"))) {
            builder.redirectInput(directory.resolve("typed").toFile());
        }
        Process command =
                builder.redirectError(directory.resolve("err").toFile()).start();
        String text = new String(command.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Told(command.waitFor(), text);
    }

    private ProcessBuilder isthmus(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path home = Path.of("").toAbsolutePath();
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-Disthmus.home=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "isthmus.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(directory.toFile());
    }
}
