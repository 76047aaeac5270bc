package isthmus.demo.truth;

import isthmus.demo.truth.Found.Quarantined;
import isthmus.demo.truth.Found.Stored;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the store's tables by SQL, a few thousand rows at a time; a store without tables holds nothing yet. */
final class StoreTables {
    private static final int FETCH = 2_000;
    private static final String RECORDS = "select entity, id, deleted,"
            + " coalesce(quality::text, '') like '%REF-PENDING%' as pending, body::text as body from record";
    private static final String QUARANTINE = "select system, entity, locator, reason from quarantine order by id";

    private final String url;
    private final String user;
    private final String password;

    StoreTables(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    void records(Consumer<Stored> each) throws SQLException {
        read(
                "record",
                RECORDS,
                row -> each.accept(new Stored(
                        row.getString("entity"),
                        row.getString("id"),
                        row.getBoolean("deleted"),
                        row.getBoolean("pending"),
                        row.getString("body"))));
    }

    void quarantine(Consumer<Quarantined> each) throws SQLException {
        read(
                "quarantine",
                QUARANTINE,
                row -> each.accept(new Quarantined(
                        row.getString("system"),
                        row.getString("entity"),
                        row.getString("locator"),
                        row.getString("reason"))));
    }

    /** What stands between the systems. */
    void breaks(BreakReader each) throws SQLException {
        read(
                "reconcile_break",
                "select code, subject, cause from reconcile_break where state <> 'resolved'",
                row -> each.read(row.getString("code"), row.getString("subject"), row.getString("cause")));
    }

    /** The reports of all nights that have ended, the last one last. */
    List<String> nights() throws SQLException {
        List<String> reports = new ArrayList<>();
        read(
                "reconcile_run",
                "select report::text from reconcile_run where ended is not null order by id",
                row -> reports.add(row.getString(1)));
        return reports;
    }

    private void read(String table, String sql, RowReader each) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (!exists(statement, table)) {
                    return;
                }
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        each.read(rows);
                    }
                }
            }
        }
    }

    private static boolean exists(Statement statement, String table) throws SQLException {
        try (ResultSet found = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    /** Hears of one break. */
    interface BreakReader {
        void read(String code, String subject, String cause);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
