package isthmus.reconcile;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.reconcile.SourceBuckets.NotHashed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Has a database hash a row that is known, before anything is concluded from the hashes of its own. */
final class SelfTest {
    private static final String ROW =
            "select 'K1  ' as isthmus_k, '12.345' as isthmus_d, %s as isthmus_t, '李鹏 Ä  ' as isthmus_x, '' as isthmus_e";
    private static final String SAID = "K1\u001F12.35\u001F2026-11-01T12:00:00\u001F李鹏 Ä\u001F\u001E";

    private SelfTest() {}

    /** The dialect that the database speaks; empty when there is none that hashes as we do. */
    static Optional<SqlDialect> pass(DataSource database) {
        Optional<SqlDialect> dialect;
        try (Connection connection = database.getConnection()) {
            dialect = SqlDialect.of(connection.getMetaData().getDatabaseProductName());
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException fault) {
            throw new NotHashed(fault);
        }
        return dialect.filter(spoken -> hashesAsWeDo(database, spoken));
    }

    private static boolean hashesAsWeDo(DataSource database, SqlDialect dialect) {
        String from = dialect == SqlDialect.ORACLE ? " from dual" : "";
        Pull pull = new Pull(
                "self-test",
                List.of(),
                List.of("isthmus_k"),
                null,
                List.of(
                        new Column("isthmus_k", "text", 0, false),
                        new Column("isthmus_d", "decimal", 2, false),
                        new Column("isthmus_t", "time", 0, false),
                        new Column("isthmus_x", "text", 0, false),
                        new Column("isthmus_e", "text", 0, false)),
                Map.of(),
                Map.of(),
                null,
                ROW.formatted(dialect.moment("2026-11-01 12:00:00")) + from,
                Pull.Rejects.USUAL);
        boolean[] same = new boolean[1];
        new SourceBuckets(database, new HashQuery(dialect, pull, HashQuery.Kinds.UNKNOWN), LocalDateTime.MAX)
                .rows(
                        Set.of(),
                        (key, row, name, counted) ->
                                same[0] = key.equals(Key.of("K1")) && row.equals(Key.of(SAID)) && name.equals("K1"));
        return same[0];
    }
}
