package isthmus.reconcile;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The unified shore of one entity of one system: records, and in their place what waits in quarantine. */
final class StoreBuckets implements Buckets {
    private static final int FETCH = 2_000;

    /** A newer version in quarantine stands for the row at the source, the older one that is stored does not. */
    private static final String HASHES = """
            with waiting as (
                select distinct on (keyhash) keyhash, rowhash, locator from quarantine
                where system = ? and entity = ? and state in ('open', 'dropped') and keyhash is not null
                order by keyhash, last_seen desc, id desc
            ), h as (
                select replace(r.keyhash::text, '-', '') as k, replace(r.rowhash::text, '-', '') as r, r.id as n
                from record r left join waiting w using (keyhash)
                where r.silo = ? and r.entity = ? and not r.deleted and r.time < ? and w.keyhash is null
                union all
                select replace(keyhash::text, '-', ''), replace(rowhash::text, '-', ''), locator from waiting
            )
            """;

    private final DataSource store;
    private final String silo;
    private final String entity;
    private final Instant before;

    StoreBuckets(DataSource store, String silo, String entity, Instant before) {
        this.store = store;
        this.silo = silo;
        this.entity = entity;
        this.before = before;
    }

    /** What the store has of the entity. */
    record Totals(long records, long quarantined, Finding.Sums sums) {}

    Totals totals() {
        Finding.Sums sums = new Finding.Sums();
        long[] counts = new long[2];
        ask(HASHES + """
                select (select count(*) from waiting), count(*), sum(money), sum(energy)
                from record r left join waiting w using (keyhash)
                where r.silo = ? and r.entity = ? and not r.deleted and r.time < ? and w.keyhash is null""", true, Set.of(), row -> {
            counts[0] = row.getLong(1);
            counts[1] = row.getLong(2);
            sums.money = row.getBigDecimal(3);
            sums.energy = row.getBigDecimal(4);
        });
        return new Totals(counts[1], counts[0], sums);
    }

    @Override
    public Map<String, Sum> level(Set<String> within, int digits) {
        Map<String, Sum> level = new HashMap<>();
        String sql = HASHES
                + "select substr(k, 1, %d), count(*), sum(%s), sum(%s) from h %s group by 1"
                        .formatted(
                                digits,
                                SqlDialect.POSTGRESQL.bits("r", 1),
                                SqlDialect.POSTGRESQL.bits("r", 13),
                                where(within));
        ask(
                sql,
                false,
                within,
                row -> level.put(
                        row.getString(1),
                        new Sum(row.getLong(2), orZero(row.getBigDecimal(3)), orZero(row.getBigDecimal(4)))));
        return level;
    }

    @Override
    public void rows(Set<String> within, Row each) {
        ask(
                HASHES + "select k, r, n from h " + where(within),
                false,
                within,
                row -> each.see(
                        SourceBuckets.key(row.getString(1)), SourceBuckets.key(row.getString(2)), row.getString(3)));
    }

    private static String where(Set<String> within) {
        return within.isEmpty()
                ? ""
                : "where substr(k, 1, " + within.iterator().next().length() + ") = any(?)";
    }

    private static BigDecimal orZero(@org.jspecify.annotations.Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private void ask(String sql, boolean twice, Set<String> within, Each each) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setFetchSize(FETCH);
                query.setString(1, silo);
                query.setString(2, entity);
                query.setString(3, silo);
                query.setString(4, entity);
                query.setObject(5, before.atOffset(ZoneOffset.UTC));
                if (twice) {
                    query.setString(6, silo);
                    query.setString(7, entity);
                    query.setObject(8, before.atOffset(ZoneOffset.UTC));
                } else if (!within.isEmpty()) {
                    query.setArray(6, connection.createArrayOf("text", within.toArray()));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        each.row(rows);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            throw new StoreFault("the store cannot be read", fault);
        }
    }

    private interface Each {
        void row(ResultSet row) throws SQLException;
    }
}
