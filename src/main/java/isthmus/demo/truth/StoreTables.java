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

    /** An account stands for the customer that it names, and for nobody where that one was refused. */
    private static final String LINKS = "select l.rule, l.state, a.id as one, b.id as other from link_now l"
            + " join record x on x.id = l.left_id and x.entity in ('account', 'customer')"
            + " join record y on y.id = l.right_id and y.entity in ('account', 'customer')"
            + " join record a on a.id = case x.entity when 'account' then x.body ->> 'customer' else x.id end"
            + " join record b on b.id = case y.entity when 'account' then y.body ->> 'customer' else y.id end"
            + " where l.state in ('linked', 'review') and not a.deleted and not b.deleted"
            + " order by l.left_id, l.right_id";

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

    /** What is linked of customers, and what waits for a person to say so. */
    void links(LinkReader each) throws SQLException {
        read(
                "link_now",
                LINKS,
                row -> each.read(
                        row.getString("rule"), row.getString("state"), row.getString("one"), row.getString("other")));
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

    /** Hears of one link. */
    interface LinkReader {
        void read(String rule, String state, String left, String right);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
