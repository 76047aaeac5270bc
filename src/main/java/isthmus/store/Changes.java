package isthmus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the change log of a chunk. */
final class Changes {
    /** The one lock before {@code chunk_log}; a single big key, so it never meets the locks of systems and entities. */
    private static final long LOG_LOCK = 0x697374686d7573L;

    private Changes() {}

    /** Writes every applied version in order and returns how many there were. */
    static int write(Connection connection, List<EntityPart> parts, long chunk) throws SQLException {
        int n = 0;
        try (CopyRows rows = new CopyRows(
                connection,
                "change (chunk, n, entity, id, op, sequence, contenthash, time, time_offset, partitionkey, ordinal,"
                        + " mapping, quality, body)")) {
            for (EntityPart part : parts) {
                for (Row row : part.applied()) {
                    var fact = row.fact;
                    rows.bigint(chunk).integer(n++).text(part.entity).text(fact.id());
                    rows.text(fact.op().code()).text(fact.sequence()).text(fact.contentHash());
                    rows.time(fact.time().toEpochSecond(), fact.time().getNano());
                    rows.integer(fact.time().getOffset().getTotalSeconds()).text(fact.partitionKey());
                    rows.integer(Math.toIntExact(row.ordinal)).text(part.mapping);
                    rows.text(QualityJson.write(row.quality()));
                    rows.utf8(row.body()).end();
                }
            }
            rows.finish();
        }
        return n;
    }

    /**
     * Gives the chunk its position in the feed. Must be the last statement of the transaction: the lock is held until it
     * has committed, so that positions become visible in order, and nothing that could wait may follow.
     */
    static void publish(Connection connection, long chunk) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOG_LOCK + ");"
                    + " insert into chunk_log (chunk) values (" + chunk + ")");
        }
    }
}
