package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an address that hears of the nights receives, and what it cannot make the hub do. */
class WebhookTest {
    private static final byte[] EVENT = "{\"specversion\":\"1.0\",\"data\":\"电\"}".getBytes(StandardCharsets.UTF_8);

    private final List<Map<String, String>> heard = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/taken", exchange -> answer(exchange, 204));
        server.createContext("/busy", exchange -> answer(exchange, 503));
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", address("/taken"));
            answer(exchange, 307);
        });
        server.createContext("/dripping", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anEventIsPostedSignedWithWhatBothSidesKnow() throws Exception {
        new Webhook(address("/taken"), "both know it", false).post(EVENT);

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0))
                .containsEntry("method", "POST")
                .containsEntry("body", new String(EVENT, StandardCharsets.UTF_8))
                .containsEntry("content-type", "application/cloudevents+json")
                // openssl dgst -sha256 -hmac "both know it"
                .containsEntry(
                        "isthmus-signature", "sha256=428f9d88dd5033d04ff85029657d162cb22e862969162591ac627ed93c342e9c");
    }

    @Test
    void withoutASecretNothingIsSigned() throws Exception {
        new Webhook(address("/taken"), "", false).post(EVENT);

        assertThat(heard.get(0)).doesNotContainKey("isthmus-signature");
    }

    @Test
    void anAnswerThatIsNoYesIsANo() {
        assertThatThrownBy(() -> new Webhook(address("/busy"), "", false).post(EVENT))
                .isInstanceOf(IOException.class)
                .hasMessage("HTTP 503");
    }

    @Test
    void nobodySendsAnEventElsewhere() {
        assertThatThrownBy(() -> new Webhook(address("/elsewhere"), "s", false).post(EVENT))
                .hasMessage("HTTP 307");

        assertThat(heard).hasSize(1);
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() {
        Webhook webhook = new Webhook(address("/dripping"), "", false, Duration.ofSeconds(1));

        long before = System.nanoTime();
        assertThatThrownBy(() -> webhook.post(EVENT)).hasMessage("no answer within 1 s");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatIsAwaySaysSoWithoutItsAddress() {
        String address = address("/taken?token=hush");
        server.stop(0);

        assertThatThrownBy(() -> new Webhook(address, "", false).post(EVENT))
                .isInstanceOf(IOException.class)
                .hasMessage("ConnectException");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example/night, false, true",
        "http://localhost:9/night, false, true",
        "http://127.0.0.1:9/night, false, true",
        "http://[::1]:9/night, false, true",
        "http://hooks.example/night, false, false",
        "http://hooks.example/night, true, true",
        "http://127.0.0.1.hooks.example/night, false, false",
        "http://localhost.hooks.example/night, false, false",
        "ftp://hooks.example/night, true, false",
        "file:///etc/passwd, true, false",
        "https://user:word@hooks.example/, true, false",
        "https:///night, true, false",
        "not an address, true, false"
    })
    void anAddressIsHttpsOrOfThisMachineUnlessClearTextIsAllowed(String address, boolean mayBeClear, boolean isFine) {
        assertThat(Webhook.fault(address, mayBeClear) == null).isEqualTo(isFine);
    }

    @Test
    void aHookThatMayNotBeIsNotMade() {
        assertThatThrownBy(() -> new Webhook("http://hooks.example/", "", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        Map<String, String> request = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> request.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        request.put("method", exchange.getRequestMethod());
        request.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        heard.add(request);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Until the client has hung up. */
    private static void drip(HttpExchange exchange) throws IOException {
        try (exchange) {
            while (true) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
        }
    }
}
