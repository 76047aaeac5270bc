package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.audit.Audit;
import isthmus.security.Role;
import isthmus.serve.Service;
import isthmus.serve.Wire;
import isthmus.store.Store;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door where nobody signs in, the one of the demo, and what every answer says to a browser. */
class LocalDoorTest {
    private static final Store STORE = Store.fresh();
    private static Service service;

    @BeforeAll
    static void start() {
        // As in a container: what must not be reached from elsewhere has to see to it by itself.
        service = Service.over(STORE, Map.of("server.address", "0.0.0.0"), Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String status(String headers) throws Exception {
        return Wire.status(
                service.address(), "GET /api/v1/account HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n");
    }

    @Test
    void thisMachineMayAskAndAPageOfAnotherSiteMayNot() throws Exception {
        String own = "Host: 127.0.0.1:8085";

        assertThat(status(own)).isEqualTo("200");
        assertThat(status("Host: localhost")).isEqualTo("200");
        assertThat(status(own + "\r\nOrigin: http://127.0.0.1:8085")).isEqualTo("200");
        assertThat(status("Host: evil.example")).isEqualTo("403");
        assertThat(status(own + "\r\nOrigin: http://evil.example")).isEqualTo("403");
        assertThat(status(own + "\r\nOrigin: null")).isEqualTo("403");
        assertThat(status(own + "\r\nOrigin: http://127.0.0.1:3000")).isEqualTo("403");
        assertThat(status(own + "\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost"))
                .isEqualTo("200");
    }

    @Test
    void anotherMachineMayNot() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .toList();
        int port = java.net.URI.create(service.address()).getPort();
        for (InetAddress other : others) {
            String answer = Wire.ask(
                    "http://" + other.getHostAddress() + ":" + port,
                    "GET /api/v1/account HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 403").contains("API-ELSEWHERE");
        }
    }

    @Test
    void aKeyMayNoMoreHereThanElsewhereAndATokenNothing() throws Exception {
        String key = new ApiKeys(STORE.source, new Audit(STORE.source, STORE.clock), STORE.clock)
                .create("tried", Set.of("feed:read"), Set.of("bill"), null, Duration.ofDays(1), "clerk")
                .key();

        assertThat(service.get("/api/v1/bill", "X-Api-Key", key).statusCode()).isEqualTo(200);
        assertThat(service.get("/api/v1/account", "X-Api-Key", key).statusCode())
                .isEqualTo(403);
        try (Provider provider = new Provider()) {
            assertThat(service.get("/api/v1/bill", "Authorization", "Bearer " + provider.token(Role.OPERATOR))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void everyAnswerTellsABrowserToLoadNothingAndToKeepItToItself() throws Exception {
        for (String path :
                List.of("/api/v1/bill", "/api/v1/nothing", "/nowhere", "/api//v1", "/feed/v1/bill?limit=1")) {
            HttpResponse<String> answer = service.get(path, "Accept", "*/*");
            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .as(path)
                    .hasSize(1)
                    .allSatisfy(policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().map().keySet())
                    .noneMatch(
                            header -> header.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"))
                    .noneMatch("set-cookie"::equalsIgnoreCase);
        }
        assertThat(service.get("/api/v1/docs").headers().allValues("Content-Security-Policy"))
                .hasSize(1)
                .first()
                .asString()
                .contains("'self'");
        assertThat(Wire.ask(
                        service.address(),
                        "OPTIONS /api/v1/bill HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                                + "Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void theDemosUsersMayWhatTheirRolesMay(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.json");
        try (Service demo = Service.over(
                Store.fresh(),
                Map.of("isthmus.security.mode", "demo", "isthmus.security.demo.key", file.toString()),
                Map.of())) {
            DemoKey key = DemoKey.in(file);
            String consumer = "Bearer " + key.token(Role.CONSUMER, Instant.now());
            String stranger =
                    "Bearer " + DemoKey.in(folder.resolve("other.json")).token(Role.CONSUMER, Instant.now());
            String old = "Bearer " + key.token(Role.CONSUMER, Instant.now().minus(Duration.ofDays(1)));

            assertThat(demo.get("/api/v1/bill").statusCode()).isEqualTo(401);
            assertThat(demo.get("/api/v1/bill", "Authorization", consumer).statusCode())
                    .isEqualTo(200);
            assertThat(demo.get("/api/v1/nights", "Authorization", consumer).statusCode())
                    .isEqualTo(403);
            assertThat(demo.get("/api/v1/bill", "Authorization", stranger).statusCode())
                    .isEqualTo(401);
            assertThat(demo.get("/api/v1/bill", "Authorization", old).statusCode())
                    .isEqualTo(401);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
