package isthmus.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The SQL of this room, a file a statement, and the ways to run it. */
final class Statements {
    private static final String ROOM = "/isthmus/identity/";

    private Statements() {}

    static String text(String name) {
        try (InputStream in = Statements.class.getResourceAsStream(ROOM + name + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("the statements are part of the jar", fault);
        }
    }

    /** Runs a statement and returns how many rows it has changed. */
    static int run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    /** Lays lines into a table: tabs between columns, {@link #cell} around texts. */
    static void copy(Connection connection, String into, StringBuilder lines) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + into + " from stdin", new StringReader(lines.toString()));
        } catch (IOException fault) {
            throw new UncheckedIOException("lines in memory can be read", fault);
        }
        lines.setLength(0);
    }

    /** A text as COPY wants it. */
    static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
