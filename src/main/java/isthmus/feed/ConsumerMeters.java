package isthmus.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import isthmus.feed.Consumers.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows Prometheus how far the consumers are behind; looks as often as it usually asks. */
final class ConsumerMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerMeters.class);
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Consumers consumers;
    private final DataSource source;
    private final Clock clock;
    private final MultiGauge events;
    private final MultiGauge age;
    private final MultiGauge groups;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread looking = new Thread(work, "feed-meters");
        looking.setDaemon(true);
        return looking;
    });

    /** @param source for reading */
    ConsumerMeters(Consumers consumers, DataSource source, MeterRegistry meters, Clock clock) {
        this.consumers = consumers;
        this.source = source;
        this.clock = clock;
        this.events = MultiGauge.builder("isthmus.consumer.behind")
                .description("events that a consumer over HTTP has not been told")
                .register(meters);
        this.age = MultiGauge.builder("isthmus.consumer.silent")
                .baseUnit("seconds")
                .description("since a consumer over HTTP was told something, or that there is nothing")
                .register(meters);
        this.groups = MultiGauge.builder("isthmus.group.behind")
                .description("events of a topic that a Kafka consumer group has not read")
                .register(meters);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        try {
            show(readers());
            showGroups();
        } catch (SQLException away) {
            LOG.debug("the consumers are looked at later", away);
        } catch (RuntimeException bug) {
            // A scheduled task that throws is never run again.
            LOG.error("a bug in the meters of the consumers", bug);
        }
    }

    private List<Reader> readers() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return consumers.readers(connection);
        }
    }

    private void show(List<Reader> readers) {
        List<Row<?>> behind = new ArrayList<>();
        List<Row<?>> silent = new ArrayList<>();
        for (Reader reader : readers) {
            Tags tags = Tags.of("consumer", reader.consumer(), "entity", reader.entity());
            behind.add(Row.of(tags, reader.events()));
            silent.add(Row.of(
                    tags, Duration.between(reader.told(), clock.instant()).toSeconds()));
        }
        events.register(behind, true);
        age.register(silent, true);
    }

    private void showGroups() {
        List<Row<?>> behind = new ArrayList<>();
        consumers
                .groups()
                .groups()
                .forEach(group ->
                        behind.add(Row.of(Tags.of("group", group.group(), "topic", group.topic()), group.events())));
        groups.register(behind, true);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
