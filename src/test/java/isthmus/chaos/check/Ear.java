package isthmus.chaos.check;

import isthmus.model.Entities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A downstream system that listens to the feed in a thread of its own, whatever becomes of hub and broker. */
public final class Ear implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PAGE = 500;
    private static final Pattern LINE = Pattern.compile("\\{\"position\":\"([^\"]+)\",(\"event\":(.*)|.*)}");

    private final Rebuilt rebuilt = new Rebuilt();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Throwable fault;

    private interface Listening {
        void listen() throws Exception;
    }

    private Ear(String name, Listening listening) {
        thread = new Thread(
                () -> {
                    try {
                        listening.listen();
                    } catch (Exception | AssertionError end) {
                        fault = end;
                    }
                },
                name);
    }

    /** A Kafka consumer of all topics of records, which commits what it has heard. */
    public static Ear onKafka(String bootstrap) {
        Ear[] ear = new Ear[1];
        ear[0] = new Ear("ear-kafka", () -> ear[0].kafka(bootstrap));
        ear[0].thread.start();
        return ear[0];
    }

    /** An HTTP client that keeps a position for each entity and asks for what lies behind it. */
    public static Ear onHttp(Supplier<String> address) {
        Ear[] ear = new Ear[1];
        ear[0] = new Ear("ear-http", () -> ear[0].http(address));
        ear[0].thread.start();
        return ear[0];
    }

    /** @throws IllegalStateException when it hears no more, and why */
    public Rebuilt rebuilt() {
        if (fault != null) {
            throw new IllegalStateException(thread.getName() + " hears no more", fault);
        }
        return rebuilt;
    }

    private void kafka(String bootstrap) throws IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", "rebuild",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "metadata.max.age.ms", "1000");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(Pattern.compile("isthmus\\.(" + String.join("|", Entities.ALL) + ")\\.v1"));
            while (closing.getCount() > 0) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                    rebuilt.hear(Event.read(event.topic(), event.partition(), 0, event.key(), event.value()));
                }
                // One that fails while the broker is away is made up by the next.
                consumer.commitAsync((offsets, away) -> {});
            }
        }
    }

    private void http(Supplier<String> address) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        Map<String, String> positions = new HashMap<>();
        while (closing.getCount() > 0) {
            for (String entity : List.copyOf(Entities.ALL)) {
                try {
                    page(client, address.get(), entity, positions);
                } catch (IOException away) {
                    // It is being started again; what was heard of a broken answer stays heard, and its place with it.
                    closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void page(HttpClient client, String address, String entity, Map<String, String> positions)
            throws IOException, InterruptedException {
        String from = positions.containsKey(entity) ? "after=" + positions.get(entity) : "from=beginning";
        HttpRequest question = HttpRequest.newBuilder(URI.create(
                        address + "/feed/v1/" + entity + "?" + from + "&limit=" + PAGE + "&consumer=rebuild"))
                .timeout(Duration.ofSeconds(20))
                .build();
        var answer = client.send(question, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
            answer.body().close();
            throw new IOException("not now: " + answer.statusCode());
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError(entity + ": " + answer.statusCode() + " "
                    + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher whole = LINE.matcher(line);
                if (!whole.matches()) {
                    throw new IOException("cut: " + line);
                }
                if (whole.group(3) != null) {
                    rebuilt.hear(Event.read(entity, 0, 0, null, whole.group(3).getBytes(StandardCharsets.UTF_8)));
                }
                positions.put(entity, whole.group(1));
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
