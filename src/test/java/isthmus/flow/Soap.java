package isthmus.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A SOAP service that answers what the test laid down, in order, and remembers what it was asked. */
final class Soap implements AutoCloseable {
    final List<String> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;
    private final String scheme;
    volatile String wsdl = "";

    /** Sends one answer. */
    interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    Soap() throws IOException {
        this(HttpServer.create(), "http");
    }

    /** Over TLS, showing a certificate. */
    static Soap secured(SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return new Soap(server, "https");
    }

    private Soap(HttpServer unbound, String scheme) throws IOException {
        this.scheme = scheme;
        server = unbound;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/crm", exchange -> {
            try (exchange) {
                if (exchange.getRequestMethod().equals("GET")) {
                    raw(wsdl.isEmpty() ? 404 : 200, wsdl).send(exchange);
                    return;
                }
                Answer answer;
                synchronized (this) {
                    requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    answer = answers.isEmpty() ? page("") : answers.remove();
                }
                answer.send(exchange);
            }
        });
        server.start();
    }

    Map<String, String> environment() {
        return Map.of(
                "CRM_URL",
                scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/crm",
                "CRM_USER",
                "hub",
                "CRM_PASSWORD",
                "open-sesame");
    }

    Soap then(Answer answer) {
        answers.add(answer);
        return this;
    }

    static Answer page(String content) {
        return envelope(200, """
                <c:GetChangedCustomersResponse xmlns:c="http://crm.example/customer/v1">
                <c:messageTime>2026-11-02T08:00:00</c:messageTime>%s</c:GetChangedCustomersResponse>
                """.formatted(content));
    }

    static Answer envelope(int status, String payload) {
        return raw(status, """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>
                """.formatted(payload).strip());
    }

    static Answer fault(int status) {
        return envelope(
                status, "<s:Fault><faultcode>s:Server</faultcode><faultstring>ORA-1 张三</faultstring></s:Fault>");
    }

    static Answer raw(int status, String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.getResponseHeaders().set("CAmelFileName", "../../etc/passwd");
            exchange.getResponseHeaders().set("operationName", "DropEverything");
            exchange.getResponseHeaders().set("kafka.OVERRIDE_TOPIC", "other");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer cut(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
        };
    }

    /** A customer that changed at a time of 1 November 2026. */
    static String customer(String no, String name, String time) {
        return "<c:customer><c:customerNo>" + no + "</c:customerNo><c:name>" + name
                + "</c:name><c:changeTime>2026-11-01T" + time + "</c:changeTime></c:customer>";
    }

    static String next(String token) {
        return "<c:nextPageToken>" + token + "</c:nextPageToken>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
