package isthmus.demo.truth;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Reads the unified store by plain SQL, streaming. */
final class StoreRows {
    private final String url;
    private final String user;
    private final String password;

    StoreRows(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    void tell(Comparison comparison) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            // A cursor needs a transaction; without one the driver reads the whole table into memory.
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(2_000);
                try (ResultSet row = statement.executeQuery(
                        "select entity, id, body::text, coalesce(quality::text, '') from record")) {
                    while (row.next()) {
                        Map<String, Object> body = TruthLines.MAPS.readValue(row.getString(3));
                        comparison.stored(
                                row.getString(1),
                                row.getString(2),
                                String.valueOf(body.get("id")),
                                CanonicalJson.of(body),
                                row.getString(4).contains("REF-PENDING"));
                    }
                }
                try (ResultSet row = statement.executeQuery("select system, entity, locator, reason from quarantine")) {
                    while (row.next()) {
                        comparison.refused(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
                    }
                }
            }
            connection.rollback();
        }
    }
}
