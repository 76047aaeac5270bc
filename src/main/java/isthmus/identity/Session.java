package isthmus.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as the statements of this room see it. Their temporary tables end with the transaction, or stand as long as the connection does and
 * are emptied where they would be laid down: to lay some thirty of them down takes longer than what is done with the few rows of one changed record.
 */
final class Session {
    private static final Pattern LAID = Pattern.compile("create temporary table (\\w+) on commit drop as\\s");
    private static final Pattern DECLARED =
            Pattern.compile("create temporary table (\\w+) \\([^;]*?\\) on commit drop");
    private static final Pattern INDEXED = Pattern.compile("create (unique )?index on \\w+ \\([\\w, ]+\\);?");
    private static final Pattern COUNTED = Pattern.compile("(?<=^|\\n|;)\\s*analyze [\\w, ]+;?");
    private static final Pattern NOTHING = Pattern.compile("(\\s|--[^\\n]*\\n?)*");
    private static final Map<String, String> AGAIN = new ConcurrentHashMap<>();

    private final Connection connection;

    /** The statements whose tables stand; null where none do. */
    private final @Nullable Set<String> stood;

    private Session(Connection connection, @Nullable Set<String> stood) {
        this.connection = connection;
        this.stood = stood;
    }

    /** With tables that end with the transaction. */
    static Session ending(Connection connection) {
        return new Session(connection, null);
    }

    /** With tables that stand. They go before the real ones of their name, so that the connection is for nothing else any more. */
    static Session standing(Connection connection) {
        return new Session(connection, new HashSet<>());
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement and returns how many rows it has changed. */
    int run(String sql, @Nullable Object... values) throws SQLException {
        if (stood == null || !sql.contains("temporary") && !sql.contains("analyze")) {
            return Statements.run(connection, sql, values);
        }
        if (stood.add(sql)) {
            return Statements.run(connection, sql.replace(" on commit drop", ""), values);
        }
        String again = AGAIN.computeIfAbsent(sql, Session::again);
        return again.isEmpty() ? 0 : Statements.run(connection, again, values);
    }

    /** The statement for tables that are there. How few rows they hold was counted once. */
    private static String again(String sql) {
        String filled = LAID.matcher(sql).replaceAll("delete from $1; insert into $1 ");
        String rest = DECLARED.matcher(filled).replaceAll("delete from $1");
        rest = INDEXED.matcher(rest).replaceAll("");
        rest = COUNTED.matcher(rest).replaceAll("");
        return NOTHING.matcher(rest).matches() ? "" : rest;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Lays lines into a table: tabs between columns, {@link Statements#cell} around texts. */
    void copy(String into, StringBuilder lines) throws SQLException {
        Statements.copy(connection, into, lines);
    }
}
