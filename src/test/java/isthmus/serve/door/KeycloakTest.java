package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** A real Keycloak with the realm of config/keycloak, and a program and a person who get their tokens there. */
@Tag("keycloak")
class KeycloakTest {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "of-this-test-only";

    private static Process keycloak;
    private static String address;
    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        Path home;
        try (Stream<Path> unpacked = Files.list(Path.of("target/keycloak"))) {
            home = unpacked.findFirst().orElseThrow().toAbsolutePath();
        }
        // Whom an earlier run has made known is nobody now.
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(
                realms.resolve("isthmus-realm.json"), Files.readString(Path.of("config/keycloak/isthmus-realm.json")));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        ProcessBuilder start = new ProcessBuilder(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        start.environment()
                .putAll(Map.of(
                        "KEYCLOAK_PORTAL_SECRET",
                        SECRET,
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        SECRET,
                        "JAVA_OPTS_KC_HEAP",
                        "-Xmx512m"));
        keycloak = start.redirectErrorStream(true)
                .redirectOutput(home.resolve("keycloak.log").toFile())
                .start();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            assertThat(keycloak.isAlive())
                    .as(() -> read(home.resolve("keycloak.log")))
                    .isTrue();
            return isUp();
        });
        service = Service.over(
                Store.fresh(),
                Map.of(
                        "isthmus.security.mode",
                        "oidc",
                        "isthmus.security.issuer",
                        address + "/realms/isthmus",
                        "isthmus.security.client",
                        "isthmus-people"),
                Map.of());
    }

    private static boolean isUp() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    address + "/realms/isthmus/.well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException starting) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        List<ProcessHandle> all = keycloak.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        keycloak.destroy();
        keycloak.waitFor();
    }

    @Test
    void aProgramSignsInAndSeesWhatItWasGranted() throws Exception {
        String token = token(
                "isthmus", Map.of("grant_type", "client_credentials", "client_id", "portal", "client_secret", SECRET));

        assertThat(status("/api/v1/bill", token)).isEqualTo(200);
        assertThat(status("/feed/v1/payment?limit=1", token)).isEqualTo(200);
        assertThat(status("/api/v1/bill/export?format=jsonl", token)).isEqualTo(200);
        assertThat(status("/feed/v1/bill?limit=1&consumer=portal", token)).isEqualTo(200);
        assertThat(status("/feed/v1/bill?limit=1&consumer=others", token)).isEqualTo(403);
        assertThat(status("/api/v1/meter", token)).isEqualTo(403);
        assertThat(status("/api/v1/customer", token)).isEqualTo(403);
        assertThat(status("/api/v1/nights", token)).isEqualTo(403);
        assertThat(status("/actuator/env", token)).isEqualTo(404);
    }

    @Test
    void aTokenOfAnotherRealmOpensNothing() throws Exception {
        assertThat(status("/api/v1/bill", admin())).isEqualTo(401);
    }

    @Test
    void aPersonHasTheRoleThatTheProviderHasGiven() throws Exception {
        // given a viewer, and a client that may ask for her by her password, which the realm's own may not
        person("vera", "viewer");
        String admin = admin();
        String realm = address + "/admin/realms/isthmus";
        post(admin, realm + "/clients", """
                {"clientId":"test","enabled":true,"publicClient":true,"directAccessGrantsEnabled":true,
                 "defaultClientScopes":["isthmus"]}""");

        // when she signs in
        String token = token(
                "isthmus",
                Map.of("grant_type", "password", "client_id", "test", "username", "vera", "password", SECRET));

        // then she sees the nights, and no record
        assertThat(status("/api/v1/nights", token)).isEqualTo(200);
        assertThat(status("/api/v1/bill", token)).isEqualTo(403);
        assertThat(status("/api/v1/identity/review", token)).isEqualTo(403);
    }

    /** As the page of the addresses does it: by a code that only who has asked for it can use. */
    @Test
    void aPersonSignsInOnThePageOfTheAddresses() throws Exception {
        // given an operator, who is known to the provider alone
        person("oscar", "operator");
        assertThat(service.get("/api/v1/openapi").body())
                .contains(
                        "\"x-isthmus-client\":\"isthmus-people\"", "/realms/isthmus/.well-known/openid-configuration");
        assertThat(service.get("/api/v1/docs").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("connect-src 'self' " + address));
        String back = service.address() + "/webjars/swagger-ui/oauth2-redirect.html";
        assertThat(service.get("/webjars/swagger-ui/oauth2-redirect.html").body())
                .contains("oauth2-redirect.js");

        // when he signs in there
        String verifier = "a-verifier-of-this-test-only-that-is-long-enough-for-pkce";
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        HttpResponse<String> asked = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "/realms/isthmus/protocol/openid-connect/auth?"
                                + form(Map.of(
                                        "client_id",
                                        "isthmus-people",
                                        "response_type",
                                        "code",
                                        "redirect_uri",
                                        back,
                                        "state",
                                        "s1",
                                        "code_challenge",
                                        challenge,
                                        "code_challenge_method",
                                        "S256"))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(asked.body());
        assertThat(action.find()).as(asked.body()).isTrue();
        // A browser takes this machine for safe and sends cookies that are for TLS; the JDK's own store would not.
        String cookies = asked.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
        HttpResponse<String> signedIn = HTTP.send(
                HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                form(Map.of("username", "oscar", "password", SECRET))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String where = signedIn.headers().firstValue("Location").orElse(signedIn.body());
        assertThat(where).startsWith(back).contains("state=s1");
        String code = where.replaceAll(".*[?&]code=([^&]+).*", "$1");
        String token = token(
                "isthmus",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "isthmus-people",
                        "code",
                        code,
                        "redirect_uri",
                        back,
                        "code_verifier",
                        verifier));

        // then he may what operators may, and no more
        assertThat(status("/api/v1/erasures", token)).isEqualTo(200);
        assertThat(status("/api/v1/bill", token)).isEqualTo(403);
    }

    private static void person(String name, String role) throws Exception {
        String admin = admin();
        String realm = address + "/admin/realms/isthmus";
        post(admin, realm + "/users", """
                {"username":"%1$s","enabled":true,"firstName":"F","lastName":"L","email":"%1$s@example.com","emailVerified":true,
                 "credentials":[{"type":"password","value":"%2$s","temporary":false}]}""".formatted(name, SECRET));
        JsonNode known = get(admin, realm + "/users?username=" + name).get(0);
        JsonNode given = get(admin, realm + "/roles/" + role);
        post(admin, realm + "/users/" + known.path("id").asText() + "/role-mappings/realm", "[" + given + "]");
    }

    private static String admin() throws Exception {
        return token(
                "master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", SECRET));
    }

    private static String token(String realm, Map<String, String> form) throws Exception {
        String body = form(form);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static int status(String path, String token) throws Exception {
        return service.get(path, "Authorization", "Bearer " + token).statusCode();
    }

    private static JsonNode get(String admin, String at) throws Exception {
        return JSON.readTree(HTTP.send(
                        HttpRequest.newBuilder(URI.create(at))
                                .header("Authorization", "Bearer " + admin)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static void post(String admin, String at, String body) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(at))
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            return fault.toString();
        }
    }
}
