package isthmus.serve.stream;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.feed.Consumers;
import isthmus.feed.Consumers.Group;
import isthmus.feed.Consumers.Groups;
import isthmus.feed.Consumers.Reader;
import isthmus.model.Reason;
import isthmus.serve.Reads;
import isthmus.serve.Served;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /api/v1/consumers}: who reads the feed, over HTTP and from Kafka, and how much lies before each. */
@Served
final class ConsumersAddress {
    private final Reads reads;
    private final Consumers consumers;
    private final Clock clock;

    ConsumersAddress(Reads reads, Consumers consumers, Clock clock) {
        this.reads = reads;
        this.consumers = consumers;
        this.clock = clock;
    }

    /** @param http those that say {@code consumer=} */
    record Answer(List<Http> http, Kafka kafka) {}

    /**
     * A consumer over HTTP.
     *
     * @param reads {@code state} until all records as they are have been told, then {@code changes}
     * @param events changes that it has not been told
     * @param seconds since it was told something, or that there is nothing
     */
    record Http(
            String consumer, String entity, String position, String reads, long events, Instant told, long seconds) {}

    /** @param trouble why Kafka has not answered; null when it has */
    record Kafka(@Nullable String trouble, List<Group> groups) {}

    @Operation(summary = "Who reads the feed, over HTTP by name and over Kafka by group, and how far each is behind.")
    @GetMapping(path = "/api/v1/consumers", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer all() {
        List<Http> http =
                reads.together(consumers::readers).stream().map(this::http).toList();
        Groups groups = consumers.groups();
        Reason trouble = groups.trouble();
        return new Answer(http, new Kafka(trouble == null ? null : trouble.code(), groups.groups()));
    }

    private Http http(Reader reader) {
        return new Http(
                reader.consumer(),
                reader.entity(),
                reader.position(),
                reader.inState() ? "state" : "changes",
                reader.events(),
                reader.told(),
                Duration.between(reader.told(), clock.instant()).toSeconds());
    }
}
