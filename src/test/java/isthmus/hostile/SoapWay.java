package isthmus.hostile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import isthmus.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Customers over SOAP: one field of a customer ({@code customer}), or an answer of a system of its own ({@code soap}). */
final class SoapWay implements Way {
    private static final String SYSTEM = "crm";
    private static final String NAMESPACE = "http://crm.example/customer/v1";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private static final String LEADS_ELSEWHERE = "a name that leads to where a cloud tells its secrets";
    private static final String NAME = "rebound.example";

    private static final String CUSTOMERS = BadInputs.by("customer").stream()
            .map(one -> customer("C" + one.key(), one.text()))
            .collect(Collectors.joining());

    private final HttpServer server;
    private final Kept kept;
    private final Lure lure;
    private final Map<String, BadInput> systems = new LinkedHashMap<>();
    private final Path hosts;
    private volatile boolean isSound;
    private RunningHub hub;

    SoapWay(Folders folders, Lure lure, Store store) throws IOException {
        this.lure = lure;
        kept = new Kept(store);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, exchange.getRequestURI().getPath().substring(1));
            }
        });
        server.start();
        folders.customers(SYSTEM, url(SYSTEM));
        for (BadInput input : BadInputs.by("soap")) {
            String system = system(input);
            systems.put(system, input);
            folders.customers(
                    system,
                    input.sent().equals(LEADS_ELSEWHERE) ? url(system).replace("127.0.0.1", NAME) : url(system));
        }
        hosts = folders.home.resolveSibling("hosts");
        leadTo("169.254.169.254");
    }

    private void leadTo(String address) throws IOException {
        String own = InetAddress.getLocalHost().getHostName();
        Files.writeString(hosts, "127.0.0.1 localhost " + own + "\n" + address + " " + NAME + "\n");
    }

    static Map<String, String> environment() {
        return Map.of("CRM_USER", "hub", "CRM_PASSWORD", "open-sesame");
    }

    void against(RunningHub running) {
        hub = running;
    }

    private String url(String system) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + system;
    }

    private static String system(BadInput input) {
        return "soap" + input.n();
    }

    private void answer(HttpExchange exchange, String system) throws IOException {
        BadInput input = systems.get(system);
        if (input == null) {
            send(exchange, 200, "text/xml; charset=utf-8", XmlRecipes.sound(page(CUSTOMERS)));
        } else {
            hostile(exchange, isSound ? "sound" : input.sent());
        }
    }

    private void hostile(HttpExchange exchange, String recipe) throws IOException {
        String good = page(customer("K1", ""));
        String xml = "text/xml; charset=utf-8";
        byte[] document = XmlRecipes.bytes(recipe, good, "<c:GetChangedCustomersResponse", lure.address());
        if (document != null) {
            send(exchange, 200, recipe.startsWith("a charset") ? "text/xml" : xml, document);
            return;
        }
        switch (recipe) {
            case "sound" -> send(exchange, 200, xml, XmlRecipes.sound(good));
            case "headers that steer" -> {
                for (String header : List.of(
                        "CAmelSqlQuery",
                        "CamelFileName",
                        "operationName",
                        "kafka.OVERRIDE_TOPIC",
                        "Long-Running-Action")) {
                    exchange.getResponseHeaders().add(header, "drop");
                }
                send(exchange, 200, xml, XmlRecipes.sound(good));
            }
            case "a redirect" -> {
                exchange.getResponseHeaders().add("Location", lure.address() + "/redirect");
                send(exchange, 307, xml, new byte[0]);
            }
            case "a fault in a 200" -> send(exchange, 200, xml, XmlRecipes.sound(fault()));
            case "a fault in a 500" -> send(exchange, 500, xml, XmlRecipes.sound(fault()));
            case "SOAP 1.2" ->
                send(
                        exchange,
                        200,
                        "application/soap+xml",
                        XmlRecipes.sound(good.replace(SOAP, "http://www.w3.org/2003/05/soap-envelope")));
            case "another namespace" ->
                send(exchange, 200, xml, XmlRecipes.sound(good.replace(NAMESPACE, "urn:other")));
            case "no envelope" -> send(exchange, 200, xml, XmlRecipes.sound("<html/>"));
            case "a page of a web server" ->
                send(exchange, 200, "text/html", "<!doctype html><p>busy".getBytes(StandardCharsets.UTF_8));
            case "an attachment" -> send(exchange, 200, MultiPart.TYPE, MultiPart.of(good, 1));
            case "10,000 attachments" -> send(exchange, 200, MultiPart.TYPE, MultiPart.of(good, 10_000));
            case "xop:Include of a file" ->
                send(
                        exchange,
                        200,
                        xml,
                        XmlRecipes.sound(
                                good.replace(
                                        "<c:name>张三",
                                        "<c:name><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"file:///etc/passwd\"/>")));
            case LEADS_ELSEWHERE -> lure.visits.add("the name that leads elsewhere");
            case "without end" -> endless(exchange);
            case "a byte now and then" -> slow(exchange, XmlRecipes.sound(good));
            default -> throw new IllegalArgumentException("no recipe " + recipe);
        }
    }

    private static String customer(String no, String field) {
        Map<String, String> fields =
                new LinkedHashMap<>(Map.of("customerType", "1", "name", "张三", "idType", "01", "status", "A"));
        if (!field.isEmpty()) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts[1].equals("{10 MB}") ? "x".repeat(1 << 19) : escaped(parts[1]));
        }
        StringBuilder xml = new StringBuilder("<c:customer><c:customerNo>" + no + "</c:customerNo>");
        fields.forEach((name, value) -> xml.append("<c:%1$s>%2$s</c:%1$s>".formatted(name, value)));
        return xml + "<c:changeTime>2026-11-01T10:00:00</c:changeTime></c:customer>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String page(String content) {
        return "<s:Envelope xmlns:s=\"" + SOAP + "\"><s:Body><c:GetChangedCustomersResponse xmlns:c=\"" + NAMESPACE
                + "\"><c:messageTime>2026-11-02T08:00:00</c:messageTime>" + content
                + "</c:GetChangedCustomersResponse></s:Body></s:Envelope>";
    }

    private static String fault() {
        return "<s:Envelope xmlns:s=\"" + SOAP
                + "\"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>ORA-1 " + HostileInputTest.CANARY
                + "</faultstring></s:Fault></s:Body></s:Envelope>";
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Until whoever reads has had enough, which is 32 MB. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        byte[] more = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < 2_000; i++) {
            body.write(more);
        }
    }

    private static void slow(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        try {
            for (int i = 0; i < bytes.length; i++) {
                exchange.getResponseBody().write(bytes, i, 1);
                exchange.getResponseBody().flush();
                new java.util.concurrent.CountDownLatch(1).await(300, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String outcome(BadInput input) throws IOException {
        if (input.way().equals("customer")) {
            String refusal = kept.refusal(SYSTEM, "C" + input.key());
            return refusal.isEmpty() ? kept.record(id(input)) : refusal;
        }
        String system = system(input);
        String stored = kept.record(id(input));
        Matcher told = Pattern.compile(system + "\\.customer(?: tried again)?: ([A-Z]+(?:-[A-Z]+)*)")
                .matcher(hub.log());
        return !stored.isEmpty() ? stored : told.find() ? told.group(1) : kept.refusal(system, "K1");
    }

    @Override
    public String made(BadInput input) {
        return kept.bodies(id(input));
    }

    private static String id(BadInput input) {
        return input.way().equals("customer")
                ? Kept.id(SYSTEM, "customer", "C" + input.key())
                : Kept.id(system(input), "customer", "K1");
    }

    /** The systems whose answers were hostile answer soundly from now on; true when all have been read. */
    boolean areAllReadOnceTheyAreSound() throws IOException {
        isSound = true;
        leadTo("127.0.0.1");
        return systems.values().stream()
                .allMatch(input -> !kept.record(id(input)).isEmpty());
    }

    void close() {
        server.stop(0);
    }

    /** An answer with attachments. */
    private static final class MultiPart {
        static final String TYPE = "multipart/related; type=\"application/xop+xml\"; boundary=\"b\"; start=\"<a>\"";

        static byte[] of(String root, int attachments) {
            StringBuilder parts =
                    new StringBuilder("--b\r\nContent-ID: <a>\r\nContent-Type: application/xop+xml\r\n\r\n");
            parts.append(root);
            for (int i = 0; i < attachments; i++) {
                parts.append("\r\n--b\r\nContent-ID: <").append(i).append(">\r\n\r\nx");
            }
            return parts.append("\r\n--b--").toString().getBytes(StandardCharsets.UTF_8);
        }

        private MultiPart() {}
    }
}
