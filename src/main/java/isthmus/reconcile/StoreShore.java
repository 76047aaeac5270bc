package isthmus.reconcile;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the unified shore from the store's tables, each stream one snapshot and flat in memory. */
final class StoreShore implements UnifiedShore {
    private static final int FETCH = 2_000;
    private static final String RECORDS = """
            select id, deleted, time, keyhash, contenthash, money, energy, coalesce(valid_from, date '1970-01-01') as day,
                case when entity = 'intervalblock' then body end
            from record where silo = ? and entity = ?""";

    private final DataSource store;

    StoreShore(DataSource store) {
        this.store = store;
    }

    @Override
    public void records(String silo, String entity, Consumer<Held> each) {
        stream(RECORDS, silo, entity, null, row -> each.accept(held(row)));
    }

    /** The records that hold from one of these days. */
    void from(Set<LocalDate> days, String silo, String entity, Consumer<Held> each) {
        String sql = RECORDS + " and coalesce(valid_from, date '1970-01-01') = any(?)";
        stream(sql, silo, entity, array("date", days), row -> each.accept(held(row)));
    }

    @Override
    public void of(String silo, String entity, Set<Key> keys, Consumer<Held> each) {
        if (!keys.isEmpty()) {
            List<UUID> hashes =
                    keys.stream().map(key -> new UUID(key.high(), key.low())).toList();
            stream(
                    RECORDS + " and keyhash = any(?)",
                    silo,
                    entity,
                    array("uuid", hashes),
                    row -> each.accept(held(row)));
        }
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getString(1),
                row.getBoolean(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7),
                intervals(row.getBytes(9)),
                (int) row.getObject(8, LocalDate.class).toEpochDay());
    }

    private static @Nullable Intervals intervals(byte @Nullable [] body) {
        return body == null ? null : Intervals.of(body);
    }

    private static More array(String type, Collection<?> values) {
        return connection -> connection.createArrayOf(type, values.toArray());
    }

    @Override
    public void quarantined(String system, String entity, Consumer<Shelved> each) {
        stream(
                "select locator, state in ('open', 'dropped') from quarantine where system = ? and entity = ?",
                system,
                entity,
                null,
                row -> each.accept(new Shelved(row.getString(1), row.getBoolean(2))));
    }

    private void stream(String sql, String first, String second, @Nullable More third, RowConsumer each) {
        try (Connection connection = store.getConnection()) {
            connection.setReadOnly(true);
            // PostgreSQL streams only inside a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setFetchSize(FETCH);
                query.setString(1, first);
                query.setString(2, second);
                if (third != null) {
                    query.setArray(3, third.of(connection));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        each.accept(rows);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException fault) {
            throw new StoreFault("the store cannot be read", fault);
        }
    }

    @FunctionalInterface
    private interface More {
        Array of(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
