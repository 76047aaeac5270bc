package isthmus.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Reads the unified shore from the store's tables, each stream one snapshot and flat in memory. */
final class StoreShore implements UnifiedShore {
    private static final int FETCH = 2_000;
    private static final String RECORDS =
            "select id, deleted, time, keyhash, contenthash, money, energy from record where silo = ? and entity = ?";

    private final DataSource store;

    StoreShore(DataSource store) {
        this.store = store;
    }

    @Override
    public void records(String silo, String entity, Consumer<Held> each) {
        stream(RECORDS, silo, entity, Set.of(), row -> each.accept(held(row)));
    }

    @Override
    public void of(String silo, String entity, Set<Key> keys, Consumer<Held> each) {
        if (!keys.isEmpty()) {
            stream(RECORDS + " and keyhash = any(?)", silo, entity, keys, row -> each.accept(held(row)));
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
                row.getBigDecimal(7));
    }

    @Override
    public void quarantined(String system, String entity, Consumer<Shelved> each) {
        stream(
                "select locator, state in ('open', 'dropped') from quarantine where system = ? and entity = ?",
                system,
                entity,
                Set.of(),
                row -> each.accept(new Shelved(row.getString(1), row.getBoolean(2))));
    }

    private void stream(String sql, String first, String second, Set<Key> keys, RowConsumer each) {
        try (Connection connection = store.getConnection()) {
            connection.setReadOnly(true);
            // PostgreSQL streams only inside a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setFetchSize(FETCH);
                query.setString(1, first);
                query.setString(2, second);
                if (!keys.isEmpty()) {
                    Object[] hashes = keys.stream()
                            .map(key -> new UUID(key.high(), key.low()))
                            .toArray();
                    query.setArray(3, connection.createArrayOf("uuid", hashes));
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
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
