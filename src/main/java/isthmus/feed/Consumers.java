package isthmus.feed;

import isthmus.model.Reason;
import isthmus.security.seal.Opener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads the feed, and how far: those over HTTP who say their name, and Kafka's consumer groups. */
public final class Consumers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(2);
    /** Names are the consumers' own: a client that makes up a new one each time must not fill the store. */
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;
    private final KafkaGroups groups;
    private final Clock clock;
    private final FeedPages pages = new FeedPages(Opener.NONE);
    private final Map<Name, Place> latest = new ConcurrentHashMap<>();
    private final AtomicBoolean isPlanned = new AtomicBoolean();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "feed-consumers");
        thread.setDaemon(true);
        return thread;
    });

    private record Name(String consumer, String entity) {}

    private record Place(FeedPosition position, Instant at) {}

    /**
     * A consumer over HTTP, and what lies before it.
     *
     * @param events that it has not been told
     */
    public record Reader(String consumer, String entity, String position, boolean inState, Instant told, long events) {}

    /** What a Kafka consumer group has not read of a topic, by its committed offsets. */
    public record Group(String group, String topic, long events) {}

    /**
     * Kafka's answer.
     *
     * @param trouble why there is none; null when there is
     */
    public record Groups(@Nullable Reason trouble, List<Group> groups) {}

    /** @param bootstrap host:port of the broker, which is asked for {@code patience} at most */
    public Consumers(DataSource source, Clock clock, String bootstrap, Duration patience) {
        this(source, clock, Kafka.at(bootstrap), patience);
    }

    Consumers(DataSource source, Clock clock, Kafka kafka, Duration patience) {
        this.jdbc = JdbcClient.create(source);
        this.groups = new KafkaGroups(kafka, patience);
        this.clock = clock;
    }

    /** Remembers how far a consumer has been told; written within seconds, and never waited for. */
    public void told(String consumer, String entity, FeedPosition position) {
        Name name = new Name(consumer, entity);
        if (latest.size() < MOST || latest.containsKey(name)) {
            latest.put(name, new Place(position, clock.instant()));
            plan();
        }
    }

    private void plan() {
        if (!writer.isShutdown() && isPlanned.compareAndSet(false, true)) {
            writer.schedule(() -> write(), WRITTEN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        isPlanned.set(false);
        try {
            latest.forEach((name, place) -> {
                write(name, place);
                latest.remove(name, place);
            });
        } catch (DataAccessException away) {
            LOG.warn("{}: how far consumers are is written later", Reason.STORE_AWAY.code());
            plan();
        }
    }

    private void write(Name name, Place place) {
        jdbc.sql("""
                        insert into consumer (name, entity, position, told)
                        select :name, :entity, :position, :told where (select count(*) from consumer) < :most
                            or exists (select from consumer where name = :name and entity = :entity)
                        on conflict (name, entity) do update set position = excluded.position, told = excluded.told
                            where excluded.told > consumer.told""")
                .param("name", name.consumer())
                .param("entity", name.entity())
                .param("position", place.position().toString())
                .param("told", place.at().atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .update();
    }

    /** Those that said their name within the last month, by name; in a transaction that sees one moment. */
    public List<Reader> readers(Connection connection) throws SQLException {
        List<Reader> readers = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select name, entity, position, told from consumer order by 1, 2");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String entity = row.getString(2);
                FeedPosition position =
                        FeedPosition.of(entity, row.getString(3)).orElseThrow();
                readers.add(new Reader(
                        row.getString(1),
                        entity,
                        position.toString(),
                        position.isInState(),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        pages.behind(connection, entity, position)));
            }
        }
        return readers;
    }

    /** The groups that read topics of the feed; Kafka is asked at most every few seconds. */
    public Groups groups() {
        return groups.lag();
    }

    /** Writes what is not yet written, when the store is there. */
    @Override
    public void close() {
        writer.shutdownNow();
        write();
    }
}
