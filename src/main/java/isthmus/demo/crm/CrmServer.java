package isthmus.demo.crm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import isthmus.demo.server.Berth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CRM island: SOAP 1.1 over HTTP with its WSDL at {@code ?wsdl}, WS-Security, and the faults that are planned for it. */
public final class CrmServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrmServer.class);
    private static final String USER = "hub";
    private static final String PATH = "/crm/CustomerService";
    private static final String WSDL = "/isthmus/demo/CustomerService.wsdl";
    private static final String ADDRESS = "http://127.0.0.1:8080/crm/CustomerService";
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final int THREADS = 8;

    private final HttpServer http;
    private final ExecutorService threads;
    private final CustomerService service;
    private final Doorkeeper doorkeeper;
    private final FaultPlan faults;
    private final Duration slow;
    private final String password;
    private final String host;
    private final CountDownLatch closing = new CountDownLatch(1);

    private CrmServer(
            CustomerService service, FaultPlan faults, String password, Clock clock, Duration slow, Berth berth)
            throws IOException {
        // Without it a small answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.http = HttpServer.create(new InetSocketAddress(berth.address(), 0), 0);
        this.threads = Executors.newFixedThreadPool(THREADS);
        this.service = service;
        this.faults = faults;
        this.password = password;
        this.doorkeeper = new Doorkeeper(USER, password, clock);
        this.slow = slow;
        this.host = berth.host();
    }

    /** Serves the files of {@code crm/}; a slow answer comes after {@code slow}. */
    public static CrmServer start(Path dir, String password, Clock clock, Duration slow, Berth berth)
            throws IOException {
        Path crm = dir.resolve("crm");
        FaultPlan faults = FaultPlan.read(crm.resolve("faults.json"), crm.resolve("faults-left.json"));
        var server = new CrmServer(new CustomerService(crm, clock), faults, password, clock, slow, berth);
        server.http.setExecutor(server.threads);
        server.http.createContext(PATH, server::handle);
        server.http.start();
        return server;
    }

    /** Takes notice of files that have changed. */
    public void readAgain() throws IOException {
        service.readAgain();
    }

    public String url() {
        return "http://" + host + ":" + http.getAddress().getPort() + PATH;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("POST".equals(exchange.getRequestMethod())) {
                call(exchange);
            } else if ("wsdl".equalsIgnoreCase(exchange.getRequestURI().getQuery())) {
                send(exchange, 200, wsdl());
            } else {
                exchange.sendResponseHeaders(405, -1);
            }
        } catch (RuntimeException e) {
            LOG.error("call failed", e);
            throw e;
        }
    }

    private void call(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST);
        try {
            Request request = Request.read(new ByteArrayInputStream(body));
            if (!doorkeeper.letsIn(request.user())) {
                throw new Request.Refused(
                        "wsse:FailedAuthentication", "The security token could not be authenticated or authorized");
            }
            byte[] answer = service.answer(request);
            answer(exchange, answer, faults.next(request.call()));
        } catch (Request.Refused e) {
            LOG.warn("refused: {}", e.getMessage());
            send(exchange, 500, Answer.fault(e.code(), String.valueOf(e.getMessage())));
        }
    }

    private void answer(HttpExchange exchange, byte[] answer, FaultPlan.@Nullable Kind fault) throws IOException {
        if (fault == null) {
            send(exchange, 200, answer);
            return;
        }
        LOG.info("planned fault {}", fault);
        switch (fault) {
            case FAULT -> send(exchange, 500, busy());
            case FAULT200 -> send(exchange, 200, busy());
            case CUT -> {
                exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer, 0, answer.length / 2);
                exchange.getResponseBody().flush();
            }
            case SLOW -> {
                pause();
                send(exchange, 200, answer);
            }
        }
    }

    private static byte[] busy() {
        return Answer.fault("soap:Server", "ORA-00020: maximum number of processes (150) exceeded");
    }

    private void pause() throws IOException {
        try {
            if (closing.await(slow.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] message) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(status, message.length);
        exchange.getResponseBody().write(message);
    }

    private byte[] wsdl() throws IOException {
        try (InputStream in = CrmServer.class.getResourceAsStream(WSDL)) {
            if (in == null) {
                throw new IOException("no " + WSDL);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(ADDRESS, url())
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
