package isthmus.serve.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.model.Fact;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export that does not come to its end: nobody takes it for whole, and it leaves nothing behind. */
class CutExportTest {
    private static final int BILLS = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LAST_CHUNK = "\r\n0\r\n";

    private static Store store;

    @BeforeAll
    static void lay() {
        store = Store.fresh();
        List<Fact> bills = new ArrayList<>();
        for (int i = 0; i < BILLS; i++) {
            String id = Cargo.urn("bill", String.format("%08d/202610/1", i));
            bills.add(SampleRecords.fact(
                    "bill", id, "{\"id\":\"" + id + "\",\"status\":\"" + (i + "x").repeat(60) + "\"}"));
            if (bills.size() == 5_000) {
                store.chunks.commit(Cargo.chunk(1, bills));
                bills.clear();
            }
        }
    }

    /** A client that asks and then takes nothing until it is told to. */
    private static final class Idle implements AutoCloseable {
        private final Socket socket = new Socket();

        Idle(Service service, String path) throws IOException {
            socket.setReceiveBufferSize(1 << 14);
            URI address = URI.create(service.address());
            socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
            socket.getOutputStream()
                    .write(SampleRecords.utf8(
                            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        String rest() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder rest = new StringBuilder();
            byte[] some = new byte[1 << 16];
            try {
                for (int n = in.read(some); n > 0; n = in.read(some)) {
                    rest.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException reset) {
                rest.append("reset");
            }
            return rest.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void whoTakesTooLongIsCutAndSeesIt(String format) throws Exception {
        try (Service service = Service.over(store, Map.of("isthmus.serve.export.longest", "PT1S"), Map.of());
                Idle idle = new Idle(service, "/api/v1/bill/export?format=" + format)) {
            await("the statement ends").atMost(PATIENCE).until(() -> copies() == 0);

            String rest = idle.rest();

            assertThat(rest).startsWith("TTP/1.1 200");
            assertThat(rest.contains(LAST_CHUNK)).isFalse();
            assertThat(rest.contains("\"end\":true")).isFalse();
        }
    }

    @Test
    void aWholeOneHasTheLastChunkAndTheTrailer() throws Exception {
        try (Service service = Service.over(store);
                Idle idle = new Idle(service, "/api/v1/bill/export?format=csv")) {
            assertThat(idle.rest()).contains(LAST_CHUNK).containsIgnoringCase("\r\nIsthmus-Rows: " + BILLS + "\r\n");
        }
    }

    @Test
    void moreThanMayRunAtOnceWaitAndAreThenRefusedUntilOneIsThrough() throws Exception {
        try (Service service = Service.over(store, Map.of("isthmus.serve.export.most", "1"), Map.of())) {
            try (Idle idle = new Idle(service, "/api/v1/bill/export")) {
                HttpResponse<String> second = service.get("/api/v1/bill/export?format=csv", "Accept-Encoding", "gzip");

                assertThat(second.statusCode()).isEqualTo(503);
                assertThat(second.headers().firstValue("Retry-After")).isPresent();
                assertThat(second.headers().firstValue("Content-Encoding")).isEmpty();
                assertThat(second.body()).contains("API-BUSY");
                assertThat(idle.rest()).contains("\"end\":true,\"rows\":" + BILLS);
            }
            assertThat(service.get("/api/v1/bill/export?limit=1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoGoesAwayLeavesNoStatementBehind() throws Exception {
        try (Service service = Service.over(store, Map.of("isthmus.serve.export.most", "1"), Map.of())) {
            for (int i = 0; i < 3; i++) {
                new Idle(service, "/api/v1/bill/export").close();
                await("the statement ends").atMost(PATIENCE).until(() -> copies() == 0);
            }

            assertThat(service.get("/api/v1/bill/export?limit=1").statusCode()).isEqualTo(200);
        }
    }

    private static long copies() {
        return store.sql
                .sql("select count(*) from pg_stat_activity where state = 'active' and query like 'copy (select id%'"
                        + " and datname = current_database()")
                .query(Long.class)
                .single();
    }
}
