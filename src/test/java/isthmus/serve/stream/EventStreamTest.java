package isthmus.serve.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The feed as Server-Sent Events. */
class EventStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store = Store.fresh();

    @Test
    void aStreamTellsTheStateThenWhatChangesAndGoesOnBehindTheLastEventId() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", 1, "1.00"), Cargo.bill("b", 1, "1.00")));
        try (Service service = Service.over(store)) {
            // given a reader that has the state and one change
            String id;
            try (Stream stream = new Stream(service, "/feed/v1/bill", "")) {
                assertThat(stream.head()).contains("200").contains("text/event-stream");
                assertThat(stream.event()).contains(Cargo.urn("bill", "a"));
                assertThat(stream.event()).contains(Cargo.urn("bill", "b"));
                store.chunks.commit(Cargo.chunk(1, Cargo.bill("c", 1, "1.00"), Cargo.bill("d", 1, "1.00")));
                assertThat(stream.event()).contains(Cargo.urn("bill", "c"));
                id = stream.id;
            }

            // when it comes again with the same address and the id that it has
            try (Stream stream = new Stream(service, "/feed/v1/bill", "Last-Event-ID: " + id + "\r\n")) {
                String event = stream.event();

                // then it is told what comes behind, as Kafka is, and that nothing is new
                assertThat(event).contains(Cargo.urn("bill", "d")).startsWith("{\"specversion\":\"1.0\"");
                store.chunks.commit(Cargo.chunk(1, Cargo.account("a", 1)));
                assertThat(stream.line(": ")).isEqualTo(": nothing new");
                assertThat(stream.line("id: ")).isEqualTo("id: 3");
            }
        }
    }

    @Test
    void aStreamThatCannotBeginIsRefusedAsEveryQuestion() throws Exception {
        try (Service service = Service.over(store)) {
            HttpResponse<String> answer =
                    service.get("/feed/v1/bill", "Accept", "text/event-stream", "Last-Event-ID", "99");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("API-POSITION").contains("Last-Event-ID");
            assertThat(service.get("/feed/v1/bill?limit=1", "Accept", "text/event-stream")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void moreStreamsThanMayBeOpenAreRefusedUntilOneEnds() throws Exception {
        try (Service service = Service.over(store, Map.of("isthmus.feed.streams", "1"), Map.of())) {
            try (Stream only = new Stream(service, "/feed/v1/bill", "")) {
                assertThat(only.head()).contains("200");

                HttpResponse<String> second = service.get("/feed/v1/bill");

                assertThat(second.statusCode()).isEqualTo(503);
                assertThat(second.body()).contains("API-BUSY");
                assertThat(second.headers().firstValue("Retry-After")).isPresent();
            }
            int[] version = {0};
            await().atMost(PATIENCE).until(() -> {
                // That its reader has left shows when there is something to tell it.
                store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", ++version[0], version[0] + ".00")));
                return service.get("/feed/v1/bill").statusCode() == 200;
            });
        }
    }

    @Test
    void readersThatStallHoldNoConnectionAndNoChunkWaitsForThem() throws Exception {
        // given more than fits into the buffers of a connection, and fifty readers that read no more than the head
        int stalled = 50;
        for (int i = 0; i < 8; i++) {
            store.chunks.commit(large(i));
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<Stream> streams = new ArrayList<>();
        // A write that nobody takes ends a stream after this long, which must not be now.
        Map<String, Object> settings = Map.of("server.tomcat.connection-timeout", "10m");
        try (Service service = Service.over(store, settings, Map.of("meters", meters))) {
            for (int i = 0; i < stalled; i++) {
                Stream stream = new Stream(service, "/feed/v1/bill?consumer=stalled-" + i, "");
                streams.add(stream);
                // One after the other: of a crowd that comes at once, some are told to come again.
                assertThat(stream.head()).contains("200");
            }
            await().atMost(PATIENCE).until(() -> open(meters) == stalled && inUse() == 0);

            // when chunks are committed
            for (int i = 1; i <= 40; i++) {
                store.chunks.commit(Cargo.chunk(1, Cargo.bill("more", i, i + ".00")));
            }

            // then all are, no connection is taken, and the readers stand where they stood
            assertThat(store.count("chunk_log")).isEqualTo(48);
            assertThat(inUse()).isZero();
            assertThat(open(meters)).isEqualTo(stalled);
            assertThat(store.sql
                            .sql("select count(*) from consumer where position not like '%~%'")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(service.get("/feed/v1/bill?after=now").statusCode()).isEqualTo(200);
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
    }

    private static double open(SimpleMeterRegistry meters) {
        return meters.get("isthmus.feed.streams").gauge().value();
    }

    /** Connections of others that lie in a transaction. */
    private long inUse() {
        return store.sql
                .sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and pid <> pg_backend_pid() and state <> 'idle'")
                .query(Long.class)
                .single();
    }

    /** One megabyte. */
    private static Normalized large(int n) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = Cargo.urn("bill", n + "/" + i);
            String body = "{\"id\":\"" + id + "\",\"note\":\"" + "x".repeat(20_000) + "\"}";
            facts.add(Cargo.fact("bill", id, Op.UPSERT, 1, body, null, List.of()));
        }
        return Cargo.chunk(1, facts);
    }

    /** A reader with a small window, so that little of what it does not read is on its way. */
    private static final class Stream implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;
        private String id = "";

        Stream(Service service, String path, String more) throws IOException {
            URI address = URI.create(service.address());
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + more
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }

        /** The data of the next event. */
        String event() throws IOException {
            id = line("id: ").substring(4);
            return line("data: ").substring(6);
        }

        /** The next line that begins so; those of the transfer's own are passed over. */
        String line(String begin) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(begin)) {
                    return line;
                }
            }
            throw new IOException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
