package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class CrmPullTest {
    private Soap soap;
    private TestHub hub;

    @BeforeEach
    void setUp() throws Exception {
        soap = new Soap();
        hub = TestHub.of(soap.environment());
    }

    @AfterEach
    void tearDown() {
        hub.close();
        soap.close();
    }

    @Test
    void walksTheTokensAndBringsEveryPageAsAChunk() {
        String consents = "<c:consents><c:consent><c:purpose>1</c:purpose><c:granted>Y</c:granted></c:consent>"
                + "<c:consent><c:purpose>2</c:purpose></c:consent></c:consents>";
        String first = Soap.customer("K1", "张&lt;三&gt;", "10:00:00")
                .replace("</c:customer>", consents + "<c:extra><x>1</x></c:extra></c:customer>");
        soap.then(Soap.page(Soap.next("t/1&amp;2") + first + Soap.customer(" ", "李", "10:00:01")))
                .then(Soap.page(Soap.customer("K3", "𠮷", "10:00:02")));

        PullReport report = hub.pulls.run("crm", "customer", 5);

        assertThat(report).isEqualTo(new PullReport("crm", "customer", 2, 3, 1, null));
        assertThat(hub.store.locators()).containsExactly("K1", "page:2", "K3");
        Piece piece = hub.store.pieces().get(0);
        assertThat(hub.store.value(piece, "name")).isEqualTo("张<三>");
        assertThat(hub.store.value(piece, "mobile")).isNull();
        assertThat(piece.children().get(0)).hasSize(2);
        assertThat(piece.children().get(0).get(1)).containsExactly("2", null, null);
        assertThat(new String(piece.bytes().get(), StandardCharsets.UTF_8))
                .startsWith("<c:customer><c:customerNo>K1<")
                .endsWith("</c:extra></c:customer>");
        var chunk = hub.store.chunks.get(0);
        assertThat(new String(chunk.raw(), StandardCharsets.UTF_8)).startsWith("<?xml");
        assertThat(chunk.origin().at()).hasToString("2026-11-02T08:00+08:00");
        assertThat(hub.store.positions.get("crm.customer").value()).contains("2026-11-01 10:00:02");
        assertThat(soap.requests.get(0)).contains("1970-01-01T00:00:00").doesNotContain("pageToken");
        assertThat(soap.requests.get(1)).contains("pageToken>t/1&amp;2<");
    }

    @Test
    void showsADigestAndNeverThePassword() {
        hub.pulls.run("crm", "customer", 1);

        assertThat(soap.requests.get(0))
                .contains("UsernameToken", "#PasswordDigest", "Nonce", "Created", ">hub<")
                .doesNotContain("open-sesame");
    }

    @Test
    void asksAgainFromTheWatermarkLessTheOverlap() {
        soap.then(Soap.page(Soap.customer("K1", "a", "10:00:00")));
        hub.pulls.run("crm", "customer", 1);

        hub.pulls.run("crm", "customer", 2);

        assertThat(soap.requests.get(1)).contains("since>2026-11-01T09:55:00<");
    }

    @Test
    void triesAgainAfterFaultsAndBrokenAnswersFromTheCommittedPosition() {
        String whole = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + "x".repeat(99);
        soap.then(Soap.page(Soap.next("t") + Soap.customer("K1", "a", "10:00:00")))
                .then(Soap.fault(500))
                .then(Soap.fault(200))
                .then(Soap.cut(whole))
                .then(Soap.raw(200, "<html>busy</html>"))
                .then(Soap.page(Soap.customer("K1", "a", "10:00:00") + Soap.customer("K2", "b", "10:00:01")));

        PullReport report = hub.pulls.run("crm", "customer", 1);

        assertThat(report.failure()).isNull();
        assertThat(report.attempts()).isEqualTo(5);
        assertThat(hub.store.locators()).containsExactly("K1", "K1", "K2");
        assertThat(soap.requests.get(2)).contains("since>2026-11-01T09:55:00<");
    }

    @Test
    void givesUpNamedWhenTheServiceOnlyFaultsAndSaysNothingOfItsText() {
        for (int i = 0; i < 6; i++) {
            soap.then(Soap.fault(500));
        }

        PullReport report = hub.pulls.run("crm", "customer", 1);

        assertThat(report.failure().reason().code()).isEqualTo("SOURCE-AWAY");
        assertThat(report.failure().text()).isEqualTo("SOAP fault Server");
        assertThat(hub.store.chunks).isEmpty();
    }

    @Test
    void doesNotWaitForAnAnswerThatNeverEnds() throws Exception {
        Map<String, String> environment = new HashMap<>(soap.environment());
        try (TestHub impatient =
                new TestHub(Routes.with("crm", "readTimeout: PT5S", "readTimeout: PT0.3S"), environment)) {
            soap.then(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/xml");
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write("<s:".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                hang();
            });

            PullReport report = impatient.pulls.run("crm", "customer", 1);

            assertThat(report.attempts()).isEqualTo(2);
            assertThat(report.failure()).isNull();
        }
    }

    @Test
    void readsNoMoreThanItsLimit() throws Exception {
        Path routes = Routes.with("crm", "readTimeout: PT5S", "maxBytes: 2000");
        try (TestHub careful = new TestHub(routes, soap.environment())) {
            soap.then(Soap.page(Soap.customer("K1", "a".repeat(5_000), "10:00:00")));

            PullReport report = careful.pulls(TestHub.ONCE).run("crm", "customer", 1);

            assertThat(report.failure().reason().code()).isEqualTo("SOURCE-AWAY");
        }
    }

    @Test
    void refusesAnAnswerWithADtd() {
        for (int i = 0; i < 6; i++) {
            soap.then(Soap.raw(200, """
                    <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]>
                    <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>&x;</s:Body></s:Envelope>
                    """));
        }

        PullReport report = hub.pulls.run("crm", "customer", 1);

        assertThat(report.isWhole()).isFalse();
        assertThat(hub.store.chunks).isEmpty();
    }

    @Test
    void refusesAnAnswerWithAttachments() throws Exception {
        String include = "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='file:///etc/passwd'/>";
        soap.then(exchange -> {
            byte[] bytes = ("--b\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\n\r\n"
                            + "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + include
                            + "</s:Body></s:Envelope>\r\n--b--")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", "multipart/related; type=\"application/xop+xml\"; boundary=b");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        PullReport report = hub.pulls(TestHub.ONCE).run("crm", "customer", 1);

        assertThat(report.failure().reason().code()).isEqualTo("SOURCE-AWAY");
        assertThat(report.failure().text()).endsWith("no SOAP: IOException");
        assertThat(hub.store.chunks).isEmpty();
    }

    @Test
    void stopsWhenTheSameTokenComesTwice() {
        for (int i = 0; i < 20; i++) {
            soap.then(Soap.page(Soap.next("same") + Soap.customer("K1", "a", "10:00:00")));
        }

        PullReport report = hub.pulls.run("crm", "customer", 1);

        assertThat(report.failure().text()).contains("same page token");
    }

    @Test
    void letsNoHeaderOfTheAnswerReachTheIntake() throws Exception {
        soap.then(Soap.page(Soap.customer("K1", "a", "10:00:00")));
        List<Map<String, Object>> seen = Routes.headersAtIntake(hub.context);

        hub.pulls.run("crm", "customer", 1);

        assertThat(seen).containsExactly(Map.of());
    }

    private static void hang() {
        try {
            new java.util.concurrent.CountDownLatch(1).await(3, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
