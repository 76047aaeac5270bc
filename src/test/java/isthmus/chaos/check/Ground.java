package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.demo.truth.Unsealed;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the checker may look at: the data directory of the islands, the store by SQL, the broker, and, of a hub that runs,
 * nothing but its management address, its process id, its logs and its temporary folder.
 *
 * @param environment as {@code islands.json} gives it to the hub
 * @param hub null when no hub is to be looked at
 */
public record Ground(Path data, Map<String, String> environment, Hub hub) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param management {@code http://host:port} of its actuator
     * @param temporary its {@code java.io.tmpdir}
     */
    public record Hub(String management, long pid, List<Path> logs, Path temporary) {}

    public static Ground of(Path data, Hub hub) throws IOException {
        JsonNode card = JSON.readTree(data.resolve("islands.json").toFile());
        Map<String, String> environment = new TreeMap<>();
        card.path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return new Ground(data, environment, hub);
    }

    String text(String variable) {
        String value = environment.get(variable);
        if (value == null) {
            throw new IllegalStateException("islands.json names no " + variable);
        }
        return value;
    }

    public Connection store() throws SQLException {
        return DriverManager.getConnection(
                text("ISTHMUS_STORE_URL"), text("ISTHMUS_STORE_USER"), text("ISTHMUS_STORE_PASSWORD"));
    }

    /** Opens what the hub has sealed, with the keys as they are now. */
    Unsealed unsealed() throws SQLException {
        return Unsealed.of(text("ISTHMUS_STORE_URL"), text("ISTHMUS_STORE_USER"), text("ISTHMUS_STORE_PASSWORD"));
    }

    /** What is done with each row of an answer. */
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    void each(String sql, Row reader) throws SQLException {
        try (Connection connection = store()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(2_000);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        }
    }

    public long number(String sql) throws SQLException {
        long[] answer = new long[1];
        each(sql, row -> answer[0] = row.getLong(1));
        return answer[0];
    }

    public List<String> texts(String sql) throws SQLException {
        List<String> answer = new ArrayList<>();
        each(sql, row -> answer.add(row.getString(1)));
        return answer;
    }
}
