package isthmus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The applied versions in the order in which they became true for the hub; nothing is ever skipped. */
public final class ChangeLog {
    private final DataSource source;
    private final JdbcClient jdbc;

    public ChangeLog(DataSource source) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    /** A chunk that has changed something. */
    public record Entry(long position, long chunk, long run, Instant recordedAt, List<Change> changes) {}

    /**
     * One applied version.
     *
     * @param mapping {@code id@version}
     * @param quality JSON array of flags, null for none
     * @param body the record's bytes as stored
     */
    public record Change(
            String entity,
            String id,
            String op,
            String sequence,
            String contentHash,
            OffsetDateTime time,
            String partitionKey,
            int ordinal,
            String mapping,
            byte @Nullable [] quality,
            byte[] body) {}

    /** The entries behind a position in order, at most {@code maxChunks} of them. */
    public List<Entry> after(long position, int maxChunks) {
        return Transaction.run(source, "read the change log", connection -> read(connection, position, maxChunks));
    }

    /** The position of the newest entry, 0 when there is none. */
    public long head() {
        return jdbc.sql("select coalesce(max(position), 0) from chunk_log")
                .query(Long.class)
                .single();
    }

    /** How many changes of each entity lie behind a position. */
    public Map<String, Long> eventsSince(long position) {
        Map<String, Long> events = new TreeMap<>();
        jdbc.sql("select entity, count(*) from chunk_log join change using (chunk) where position > ? group by entity")
                .param(position)
                .query((RowCallbackHandler) row -> events.put(row.getString(1), row.getLong(2)));
        return events;
    }

    /** How many entries lie behind a position. */
    public long behind(long position) {
        return jdbc.sql("select count(*) from chunk_log where position > ?")
                .param(position)
                .query(Long.class)
                .single();
    }

    /** How many changes a reader has not told yet. */
    public long waiting(String reader) {
        return events(told(reader), head());
    }

    /** How many changes lie behind a position up to another. */
    public long events(long after, long upTo) {
        return after >= upTo
                ? 0
                : jdbc.sql("select coalesce(sum(events), 0) from chunk_log where position > ? and position <= ?")
                        .params(after, upTo)
                        .query(Long.class)
                        .single();
    }

    /** How far a reader has told the log. */
    public long told(String reader) {
        return jdbc.sql("select position from feed_position where name = ?")
                .param(reader)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Remembers how far a reader has told the log; never moves back. */
    public void told(String reader, long position, Instant at) {
        jdbc.sql("""
                        insert into feed_position (name, position, updated) values (?, ?, ?)
                        on conflict (name) do update set updated = excluded.updated,
                            position = greatest(feed_position.position, excluded.position)""").params(reader, position, at.atOffset(ZoneOffset.UTC)).update();
    }

    private static List<Entry> read(Connection connection, long position, int maxChunks) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select l.position, l.chunk, c.run, c.recorded_at from chunk_log l join chunk c using (chunk)
                where l.position > ? order by l.position limit ?""")) {
            select.setLong(1, position);
            select.setInt(2, maxChunks);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            new ArrayList<>()));
                }
            }
        }
        for (Entry entry : entries) {
            readChanges(connection, entry);
        }
        return entries;
    }

    private static void readChanges(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select entity, id, op, sequence, contenthash, time, time_offset, partitionkey, ordinal, mapping,
                    quality, body
                from change where chunk = ? order by n""")) {
            select.setLong(1, entry.chunk());
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    ZoneOffset offset = ZoneOffset.ofTotalSeconds(row.getInt(7));
                    entry.changes()
                            .add(new Change(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getObject(6, OffsetDateTime.class).withOffsetSameInstant(offset),
                                    row.getString(8),
                                    row.getInt(9),
                                    row.getString(10),
                                    row.getBytes(11),
                                    row.getBytes(12)));
                }
            }
        }
    }
}
