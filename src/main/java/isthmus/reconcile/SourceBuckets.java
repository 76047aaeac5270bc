package isthmus.reconcile;

import isthmus.reconcile.HashQuery.Kinds;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
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

    private int wholeDigits;

    /** @param before rows that changed then or later, in the system's zone, are left out */
    SourceBuckets(DataSource database, HashQuery query, LocalDateTime before) {
        this.database = database;
        this.query = query;
        this.before = before;
    }

    @Override
    public Map<String, Sum> level(Set<String> within, int digits) {
        if (within.isEmpty() && wholeDigits >= digits) {
            return wholeDigits == digits ? whole : Buckets.coarser(whole, digits);
        }
        Map<String, Sum> level = new HashMap<>();
        ask(query.level(within, digits, before), row -> {
            level.put(
                    row.getString(1).toLowerCase(Locale.ROOT),
                    new Sum(
                            row.getLong(2),
                            new BigDecimal(row.getString(3)).longValue(),
                            new BigDecimal(row.getString(4)).longValue()));
        });
        if (within.isEmpty()) {
            whole = level;
            wholeDigits = digits;
        }
        return level;
    }

    @Override
    public void rows(Set<String> within, Row each) {
        ask(
                query.rows(within, before),
                row -> each.see(key(row.getString(1)), key(row.getString(2)), row.getString(3), Counted.AS_A_ROW));
    }

    /** What the database says of the columns of a pull's query. */
    static Kinds kinds(DataSource database, HashQuery query) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> texts = new ArrayList<>();
        Map<String, String> labels = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            try (Statement statement = prepared(connection, query)) {
                try (ResultSet none = statement.executeQuery(query.columns())) {
                    ResultSetMetaData columns = none.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        String label = columns.getColumnLabel(i);
                        labels.put(label.toLowerCase(Locale.ROOT), label);
                        switch (columns.getColumnType(i)) {
                            case Types.DECIMAL, Types.NUMERIC, Types.INTEGER, Types.BIGINT ->
                                numbers.put(label.toLowerCase(Locale.ROOT), columns.getScale(i));
                            case Types.CHAR, Types.VARCHAR -> texts.add(label);
                            default -> {}
                        }
                    }
                }
                return new Kinds(numbers, characters(statement, query, texts), labels);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException fault) {
            throw new NotHashed(fault);
        }
    }

    private static Map<String, String> characters(Statement statement, HashQuery query, List<String> texts)
            throws SQLException {
        Map<String, String> characters = new HashMap<>();
        String question = query.characters(texts);
        if (question.isEmpty()) {
            texts.forEach(text -> characters.put(text.toLowerCase(Locale.ROOT), ""));
            return characters;
        }
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            for (int i = 0; i < texts.size(); i++) {
                characters.put(texts.get(i).toLowerCase(Locale.ROOT), row.getString(i + 1));
            }
        }
        return characters;
    }

    static Key key(String hex) {
        String digits = hex.toLowerCase(Locale.ROOT);
        return new Key(
                HexFormat.fromHexDigitsToLong(digits.substring(0, 16)),
                HexFormat.fromHexDigitsToLong(digits.substring(16)));
    }

    private void ask(String sql, Each each) {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = prepared(connection, query)) {
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

    private static Statement prepared(Connection connection, HashQuery query) throws SQLException {
        Statement statement = connection.createStatement();
        if (!query.preparation().isEmpty()) {
            statement.execute(query.preparation());
        }
        return statement;
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
