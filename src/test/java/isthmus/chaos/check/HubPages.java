package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** What a running hub says of itself over HTTP. */
public final class HubPages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    /** Health asks the store and may wait for a connection of its pool. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final String management;

    public HubPages(String management) {
        this.management = management;
    }

    public JsonNode health() throws IOException {
        return JSON.readTree(get("/actuator/health"));
    }

    public String metrics() throws IOException {
        return get("/actuator/prometheus");
    }

    /** The sum over all series of a metric whose line holds the given text. */
    public double metric(String name, String with) throws IOException {
        return values(metrics(), name, with).sum();
    }

    static DoubleStream values(String metrics, String name, String with) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(with))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }

    private String get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(management + path))
                .timeout(PATIENCE)
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for " + path, stopped);
        }
    }
}
