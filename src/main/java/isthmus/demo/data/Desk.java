package isthmus.demo.data;

import isthmus.demo.truth.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes rows into the billing tables, many to a statement; {@link #commit} makes them visible. */
final class Desk {
    private static final int ROWS = 200;

    private final Connection connection;
    private final Map<Table, List<Row>> waiting = new EnumMap<>(Table.class);

    Desk(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,ALLOW_INVALID_DATES'");
        }
    }

    void createTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : resource("/isthmus/demo/billing.sql").split(";")) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }

    private static String resource(String name) {
        try (InputStream in = Desk.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(Table table, Row row) throws SQLException {
        List<Row> rows = waiting.computeIfAbsent(table, t -> new ArrayList<>());
        rows.add(row);
        if (rows.size() == ROWS) {
            write(table, rows);
        }
    }

    void delete(Table table, Row key) throws SQLException {
        List<String> columns = List.copyOf(key.cells().keySet());
        String sql = "delete from " + table + " where " + String.join(" = ? and ", columns) + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setString(i + 1, key.get(columns.get(i)));
            }
            statement.executeUpdate();
        }
    }

    private void write(Table table, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(table.replace(rows.size()))) {
            int n = 0;
            for (Row row : rows) {
                for (String column : table.columns()) {
                    statement.setString(++n, row.get(column));
                }
            }
            statement.executeUpdate();
        }
        rows.clear();
    }

    void commit() throws SQLException {
        for (Map.Entry<Table, List<Row>> entry : waiting.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        connection.commit();
    }
}
