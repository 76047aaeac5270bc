package isthmus.demo.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.demo.server.Berth;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.transform.TransformerException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrmServerTest {
    private static final String PASSWORD = "secret";
    private static final Pattern TOKEN = Pattern.compile("<\\w+:nextPageToken>([^<]+)<");
    private static final Pattern NUMBER = Pattern.compile("<\\w+:customerNo>([^<]+)<");

    @TempDir
    Path dir;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(dir.resolve("crm"));
        write("faults.json", "{}");
        write(
                "workorders.jsonl",
                "{\"orderNo\":\"W1\",\"text\":\"停电 & <急>\",\"changeTime\":\"2026-11-01T10:00:00\"}\n");
        write("customers.jsonl", customers(7));
    }

    @Test
    void givesEveryCustomerOncePageByPage() throws Exception {
        try (CrmServer server = start()) {
            var client = CrmClient.of(server, PASSWORD);

            assertThat(walk(client, "2026-11-01T00:00:00", 3))
                    .containsExactly("K1", "K2", "K3", "K4", "K5", "K6", "K7");
            assertThat(walk(client, "2026-11-01 00:00:05", 3)).containsExactly("K5", "K6", "K7");
            assertThat(walk(client, "2026-11-02T00:00:00", 3)).isEmpty();
        }
    }

    @Test
    void doesNotSkipARowWhenOthersArriveBeforeThePage() throws Exception {
        try (CrmServer server = start()) {
            var client = CrmClient.of(server, PASSWORD);
            String first = client.ask("GetChangedCustomers", "2026-11-01T00:00:00", 3, "");
            write("customers.jsonl", customer("K0", 0) + customers(7));
            server.readAgain();

            String second = client.ask("GetChangedCustomers", "2026-11-01T00:00:00", 3, token(first));

            assertThat(numbers(second)).containsExactly("K4", "K5", "K6");
        }
    }

    @Test
    void givesTwinsOfOneTimeAndNumberOnBothSidesOfAPage() throws Exception {
        write("customers.jsonl", customer("K1", 1) + customer("K1", 1) + customer("K1", 1));
        try (CrmServer server = start()) {
            assertThat(walk(CrmClient.of(server, PASSWORD), "2026-11-01T00:00:00", 2))
                    .containsExactly("K1", "K1", "K1");
        }
    }

    @Test
    void writesFieldsInTheOrderOfItsContractAndUnknownOnesLast() throws Exception {
        write(
                "customers.jsonl",
                "{\"address\":\"a\",\"changeTime\":\"2026-11-01T00:00:01\",\"colour\":\"red\",\"customerNo\":\"K1\",\"name\":\"n\"}\n");
        try (CrmServer server = start()) {
            String page = CrmClient.of(server, PASSWORD).ask("GetChangedCustomers", "2026-11-01T00:00:00", 3, "");

            assertThat(Pattern.compile("<\\w+:(\\w+)>").matcher(page).results().map(result -> result.group(1)))
                    .containsSubsequence("customer", "customerNo", "name", "address", "changeTime", "colour");
        }
    }

    @Test
    void writesNestedListsRareCharactersAndMarkup() throws Exception {
        write(
                "customers.jsonl",
                "{\"customerNo\":\"K1\",\"name\":\"𠮷😀\",\"idNo\":null,\"changeTime\":\"2026-11-01 00:00:01\",\"consents\":"
                        + "[{\"purpose\":\"1\",\"granted\":\"Y\"}],\"colour\":\"red\"}\n");
        try (CrmServer server = start()) {
            var client = CrmClient.of(server, PASSWORD);

            assertThat(client.ask("GetChangedCustomers", "2026-11-01T00:00:00", 500, ""))
                    .contains("name>𠮷😀<", "consents><", "consent><", "purpose>1<", "colour>red<")
                    .doesNotContain("idNo", "nextPageToken");
            assertThat(client.ask("GetChangedWorkOrders", "2026-11-01T00:00:00", 500, ""))
                    .contains("text>停电 &amp; &lt;急&gt;<", "messageTime>");
        }
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (CrmServer server = start()) {
            var client = CrmClient.of(server, "wrong");

            assertThatThrownBy(() -> client.ask("GetChangedCustomers", "2026-11-01T00:00:00", 3, ""))
                    .isInstanceOf(SOAPFaultException.class)
                    .hasMessageContaining("could not be authenticated");
        }
    }

    @Test
    void refusesATokenShownBeforeAndOneThatIsOld() throws Exception {
        try (CrmServer server = start()) {
            Instant now = Instant.now();
            String fresh = envelope("nonce-1", now.toString());

            assertThat(post(server, fresh)).contains("GetChangedCustomersResponse");
            assertThat(post(server, fresh)).contains("<faultcode", "wsse:FailedAuthentication");
            assertThat(post(server, envelope("nonce-2", now.minusSeconds(600).toString())))
                    .contains("wsse:FailedAuthentication");
            assertThat(post(server, envelope("nonce-3", now.toString()).replaceAll("(?s)<s:Header>.*</s:Header>", "")))
                    .doesNotContain("customerNo>");
        }
    }

    @Test
    void refusesWhatIsNoSoapWithoutReadingItsEntities() throws Exception {
        try (CrmServer server = start()) {
            assertThat(post(server, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"))
                    .contains("soap:Client")
                    .doesNotContain("root:");
            assertThat(post(server, "hello")).contains("soap:Client");
        }
    }

    @Test
    void failsAsPlannedAndThenAnswers() throws Exception {
        write("faults.json", "{\"fault\":1,\"fault200\":1,\"cut\":1,\"slow\":1}");
        try (CrmServer server = start()) {
            var client = CrmClient.of(server, PASSWORD);
            var failures = new ArrayList<String>();
            int good = 0;
            for (int i = 0; i < 20; i++) {
                try {
                    client.ask("GetChangedCustomers", "2026-11-01T00:00:00", 3, "");
                    good++;
                } catch (WebServiceException | TransformerException e) {
                    failures.add(e instanceof SOAPFaultException ? "fault" : "broken");
                }
            }
            assertThat(failures).containsExactly("fault", "fault", "broken");
            assertThat(good).isEqualTo(17);
        }
    }

    @Test
    void showsTheSameContractThatTheHubHas() throws Exception {
        Path routes = Path.of("routes/crm/CustomerService.wsdl");
        Path served = Path.of("src/main/resources/isthmus/demo/CustomerService.wsdl");
        assertThat(routes).hasSameTextualContentAs(served);
        try (CrmServer server = start()) {
            var wsdl = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.url() + "?wsdl"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(wsdl.body()).contains("soap:address location=\"" + server.url() + "\"");
        }
    }

    private CrmServer start() throws IOException {
        return CrmServer.start(dir, PASSWORD, Clock.systemUTC(), Duration.ofMillis(200), Berth.LOCAL);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(dir.resolve("crm").resolve(file), text);
    }

    private static String customers(int count) {
        var lines = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            lines.append(customer("K" + i, i));
        }
        return lines.toString();
    }

    private static String customer(String number, int second) {
        return "{\"customerNo\":\"%s\",\"changeTime\":\"2026-11-01T00:00:%02d\"}%n".formatted(number, second);
    }

    private static List<String> walk(CrmClient client, String since, int pageSize) throws Exception {
        var numbers = new ArrayList<String>();
        String token = "";
        do {
            String page = client.ask("GetChangedCustomers", since, pageSize, token);
            numbers.addAll(numbers(page));
            token = token(page);
        } while (!token.isEmpty());
        return numbers;
    }

    private static List<String> numbers(String page) {
        return NUMBER.matcher(page).results().map(result -> result.group(1)).toList();
    }

    private static String token(String page) {
        return TOKEN.matcher(page)
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElse("");
    }

    private static String post(CrmServer server, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url()))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String envelope(String nonce, String created) throws Exception {
        byte[] bytes = nonce.getBytes(StandardCharsets.US_ASCII);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(bytes);
        sha1.update((created + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var base64 = Base64.getEncoder();
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:c="http://crm.example/customer/v1"
                    xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
                    xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
                  <s:Header><w:Security><w:UsernameToken><w:Username>hub</w:Username><w:Password>%s</w:Password>
                    <w:Nonce>%s</w:Nonce><u:Created>%s</u:Created></w:UsernameToken></w:Security></s:Header>
                  <s:Body><c:GetChangedCustomers><c:since>2026-11-01T00:00:00</c:since></c:GetChangedCustomers></s:Body>
                </s:Envelope>
                """.formatted(base64.encodeToString(sha1.digest()), base64.encodeToString(bytes), created);
    }
}
