package isthmus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the change log of a chunk. */
final class Changes {
    /** The one lock before {@code chunk_log}; a single big key, so it never meets the locks of systems and entities. */
    private static final long LOG_LOCK = 0x697374686d7573L;

    private Changes() {}

    /** Writes every applied version in order and returns how many there were of each entity. */
    static Map<String, Integer> write(Connection connection, List<EntityPart> parts, long chunk) throws SQLException {
        Map<String, Integer> tells = new TreeMap<>();
        int n = 0;
        try (CopyRows rows = new CopyRows(
                connection,
                "change (chunk, n, entity, id, op, sequence, contenthash, time, time_offset, partitionkey, ordinal,"
                        + " mapping, quality, body)")) {
            for (EntityPart part : parts) {
                if (!part.applied().isEmpty()) {
                    tells.put(part.entity, part.applied().size());
                }
                for (Row row : part.applied()) {
                    var fact = row.fact;
                    rows.number(chunk)
                            .number(n++)
                            .text(part.entity)
                            .text(fact.id())
                            .text(fact.op().code());
                    rows.text(fact.sequence()).text(fact.contentHash()).time(fact.time());
                    rows.number(fact.time().getOffset().getTotalSeconds()).text(fact.partitionKey());
                    rows.number(Math.toIntExact(row.ordinal)).text(part.mapping).text(QualityJson.write(row.quality()));
                    rows.utf8(row.body()).end();
                }
            }
            rows.finish();
        }
        return tells;
    }

    /**
     * Gives the chunk its position in the feed. Must be the last statement of the transaction: the lock is held until it
     * has committed, so that positions become visible in order, and nothing that could wait may follow.
     */
    static void publish(Connection connection, long chunk, Map<String, Integer> tells) throws SQLException {
        int events = tells.values().stream().mapToInt(Integer::intValue).sum();
        String each = tells.entrySet().stream()
                .map(entity -> '"' + entity.getKey() + "\": " + entity.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        try (PreparedStatement insert = connection.prepareStatement("select pg_advisory_xact_lock(?);"
                + " insert into chunk_log (chunk, events, tells) values (?, ?, ?::jsonb)")) {
            insert.setLong(1, LOG_LOCK);
            insert.setLong(2, chunk);
            insert.setInt(3, events);
            insert.setString(4, each);
            insert.execute();
        }
    }
}
