package isthmus.crosscheck;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * One moment of the store, in which all rules of a night look: the views they read, over the records as they stood at the
 * cut-off, written out once as temporary tables that hide the views behind their own names. After that nothing can be
 * written, and a rule that fails leaves no trace.
 */
final class Scene implements AutoCloseable {
    private static final Pattern VIEW = Pattern.compile("\\bv_[a-z]+\\b");

    private final Connection connection;
    private final int isolation;

    private Scene(Connection connection, int isolation) {
        this.connection = connection;
        this.isolation = isolation;
    }

    static Scene of(DataSource store, List<Rule> rules, CutOff cutOff) throws SQLException {
        Connection connection = store.getConnection();
        Scene scene = new Scene(connection, connection.getTransactionIsolation());
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            scene.paint(views(rules), cutOff);
            return scene;
        } catch (SQLException fault) {
            try (scene) {
                throw fault;
            }
        }
    }

    private static Set<String> views(List<Rule> rules) {
        Set<String> views = new TreeSet<>();
        for (Rule rule : rules) {
            Query population = rule.population();
            String text = rule.query().sql() + (population == null ? "" : population.sql());
            VIEW.matcher(text).results().forEach(found -> views.add(found.group()));
        }
        return views;
    }

    private void paint(Set<String> views, CutOff cutOff) throws SQLException {
        Map<String, String> definitions = definitions(views);
        try (Statement statement = connection.createStatement()) {
            // What is made from the views' own text reads the records that hide the table.
            statement.execute(cutOff.records());
            // Compiling a plan takes longer than running it, as long as nobody knows how large the tables are.
            statement.execute("set local jit = off");
            statement.execute("set local work_mem = '32MB'");
            for (String view : views) {
                statement.execute("create temporary table " + view + " on commit drop as " + definitions.get(view));
                for (String column : keys(view)) {
                    statement.execute("create index on " + view + " (" + column + ")");
                }
                statement.execute("analyze " + view);
            }
            statement.execute("set transaction read only");
        }
    }

    private Map<String, String> definitions(Set<String> views) throws SQLException {
        Map<String, String> definitions = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select viewname, rtrim(definition, '; ') from pg_views where schemaname = current_schema()"
                        + " and viewname = any(?)")) {
            query.setArray(1, connection.createArrayOf("text", views.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    definitions.put(row.getString(1), row.getString(2));
                }
            }
        }
        return definitions;
    }

    /** What rules join by. */
    private List<String> keys(String view) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + view + " limit 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                String column = none.getMetaData().getColumnLabel(i);
                if (column.endsWith("_no")) {
                    keys.add(column);
                }
            }
        }
        return keys;
    }

    Connection connection() {
        return connection;
    }

    /** Where to come back to when a rule has failed. */
    Savepoint beforeRule() throws SQLException {
        return connection.setSavepoint();
    }

    void backTo(Savepoint before) throws SQLException {
        connection.rollback(before);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(isolation);
        }
    }
}
