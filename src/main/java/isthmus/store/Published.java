package isthmus.store;

import isthmus.security.seal.Opener;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the store says now, read over one connection that cannot write. */
public final class Published implements AutoCloseable {
    private final Connection connection;
    private final Opener opener;

    private Published(Connection connection, Opener opener) {
        this.connection = connection;
        this.opener = opener;
    }

    /**
     * The current version of a record.
     *
     * @param body canonical JSON in clear
     */
    public record Version(String sequence, boolean deleted, String contentHash, String body) {}

    /** @param opening makes what opens the records of the connections that it is given */
    public static Published open(String url, String user, String password, Function<DataSource, Opener> opening)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("logServerErrorDetail", "false");
        DriverManagerDataSource keys = new DriverManagerDataSource(url, properties);
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setReadOnly(true);
        return new Published(connection, opening.apply(keys));
    }

    /** The records of these ids that the store has, by id. */
    public Map<String, Version> versions(String entity, Collection<String> ids) throws SQLException {
        Map<String, Version> versions = new HashMap<>();
        Array wanted = connection.createArrayOf("text", ids.toArray());
        try (PreparedStatement query = connection.prepareStatement(
                "select id, sequence, deleted, contenthash, body from record where entity = ? and id = any(?)")) {
            query.setString(1, entity);
            query.setArray(2, wanted);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    versions.put(
                            rows.getString(1),
                            new Version(
                                    rows.getString(2),
                                    rows.getBoolean(3),
                                    rows.getString(4),
                                    opener.open(entity, rows.getString(1), rows.getString(5))));
                }
            }
        } finally {
            wanted.free();
        }
        return versions;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
