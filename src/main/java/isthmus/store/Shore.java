package isthmus.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hub's side of the nightly count: totals and hashes of what is stored, never bodies. */
public final class Shore {
    private static final int FETCH = 2_000;

    private final DataSource source;
    private final JdbcClient jdbc;

    public Shore(DataSource source) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    /** @param money sum of the additive amounts, {@code energy} of the additive kWh; zero when there are none */
    public record Totals(String silo, String entity, long count, BigDecimal money, BigDecimal energy) {}

    /** @param keyHash hex MD5 of the native key, {@code rowHash} of the source row (model.md 9.3) */
    public record Line(
            String id,
            String keyHash,
            String rowHash,
            String sequence,
            @Nullable BigDecimal energy) {}

    /** Control totals of every silo and entity, without tombstones. */
    public List<Totals> totals() {
        return jdbc.sql("select silo, entity, count(*), coalesce(sum(money), 0), coalesce(sum(energy), 0)"
                        + " from record where not deleted group by silo, entity order by silo, entity")
                .query((row, n) -> new Totals(
                        row.getString(1), row.getString(2), row.getLong(3), row.getBigDecimal(4), row.getBigDecimal(5)))
                .list();
    }

    /** Control totals of one silo and entity, without tombstones. */
    public Totals totals(String silo, String entity) {
        return jdbc.sql("select count(*), coalesce(sum(money), 0), coalesce(sum(energy), 0)"
                        + " from record where entity = ? and silo = ? and not deleted")
                .params(entity, silo)
                .query((row, n) -> new Totals(silo, entity, row.getLong(1), row.getBigDecimal(2), row.getBigDecimal(3)))
                .single();
    }

    /** Streams every record of a silo and entity that is not deleted, in the order of the key hashes as hex. */
    public void lines(String silo, String entity, Consumer<Line> to) {
        Transaction.run(source, "read the shore", connection -> read(connection, silo, entity, to));
    }

    private static int read(Connection connection, String silo, String entity, Consumer<Line> to) throws SQLException {
        int n = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "select id, replace(keyhash::text, '-', ''), replace(rowhash::text, '-', ''), sequence, energy from "
                        + StoredRecords.table(entity)
                        + " where entity = ? and silo = ? and not deleted order by keyhash, id")) {
            select.setFetchSize(FETCH);
            select.setString(1, entity);
            select.setString(2, silo);
            try (var row = select.executeQuery()) {
                for (; row.next(); n++) {
                    to.accept(new Line(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getBigDecimal(5)));
                }
            }
        }
        return n;
    }

    /** Locators in quarantine that nothing good has superseded, each with its reason: they explain a difference. */
    public Map<String, String> quarantined(String system, String entity) {
        Map<String, String> locators = new TreeMap<>();
        jdbc.sql("select locator, reason from quarantine"
                        + " where system = ? and entity = ? and state in ('open', 'dropped') order by id")
                .params(system, entity)
                .query(row -> {
                    locators.put(row.getString(1), row.getString(2));
                });
        return locators;
    }
}
