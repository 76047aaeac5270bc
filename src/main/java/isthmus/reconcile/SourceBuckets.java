package isthmus.reconcile;

import isthmus.reconcile.HashQuery.Kinds;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The legacy shore of one pull, hashed by its own database. */
final class SourceBuckets implements Buckets {
    private static final int FETCH = 2_000;

    private final DataSource database;
    private final HashQuery query;
    private final LocalDateTime before;
    /** The first level, which each entity of a pull asks for; it is a scan of the source. */
    private Map<String, Sum> whole = Map.of();

    /** @param before rows that changed then or later, in the system's zone, are left out */
    SourceBuckets(DataSource database, HashQuery query, LocalDateTime before) {
        this.database = database;
        this.query = query;
        this.before = before;
    }

    @Override
    public Map<String, Sum> level(Set<String> within, int digits) {
        if (within.isEmpty() && !whole.isEmpty()) {
            return whole;
        }
        Map<String, Sum> level = new HashMap<>();
        ask(query.level(within, digits, before), row -> {
            level.put(
                    row.getString(1).toLowerCase(Locale.ROOT),
                    new Sum(row.getLong(2), new BigDecimal(row.getString(3)), new BigDecimal(row.getString(4))));
        });
        if (within.isEmpty()) {
            whole = level;
        }
        return level;
    }

    @Override
    public void rows(Set<String> within, Row each) {
        ask(
                query.rows(within, before),
                row -> each.see(key(row.getString(1)), key(row.getString(2)), row.getString(3)));
    }

    /** What the database says of the columns of a pull's query. */
    static Kinds kinds(DataSource database, HashQuery query) {
        Set<String> numbers = new HashSet<>();
        Set<String> texts = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement();
                    ResultSet none = statement.executeQuery(query.columns())) {
                for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                    String label = none.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
                    switch (none.getMetaData().getColumnType(i)) {
                        case Types.DECIMAL, Types.NUMERIC, Types.INTEGER, Types.BIGINT -> numbers.add(label);
                        case Types.CHAR, Types.VARCHAR -> texts.add(label);
                        default -> {}
                    }
                }
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
            return new Kinds(numbers, texts);
        } catch (SQLException fault) {
            throw new NotHashed(fault);
        }
    }

    static Key key(String hex) {
        String digits = hex.toLowerCase(Locale.ROOT);
        return new Key(
                HexFormat.fromHexDigitsToLong(digits.substring(0, 16)),
                HexFormat.fromHexDigitsToLong(digits.substring(16)));
    }

    private void ask(String sql, Each each) {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                if (!query.preparation().isEmpty()) {
                    statement.execute(query.preparation());
                }
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        each.row(rows);
                    }
                }
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException fault) {
            throw new NotHashed(fault);
        }
    }

    private interface Each {
        void row(ResultSet row) throws SQLException;
    }

    /** The database cannot hash its rows; they have to be read. */
    static final class NotHashed extends RuntimeException {
        NotHashed(SQLException cause) {
            super(cause);
        }

        /** Nothing else of it is said, because the text of a database may quote a value. */
        String state() {
            return getCause() instanceof SQLException fault ? String.valueOf(fault.getSQLState()) : "";
        }
    }
}
