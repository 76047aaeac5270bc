package isthmus.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
                select r.keyhash as k, r.rowhash as r, r.id as n, r.money, r.energy, true as is_record
                from record r left join waiting w using (keyhash)
                where r.silo = ? and r.entity = ? and not r.deleted and r.time < ? and w.keyhash is null
                union all
                select keyhash, rowhash, locator, null, null, false from waiting
            )
            """;
    /** The offset keeps the planner from taking the bits out of every hash twice. */
    private static final String SUMS = """
            select bucket, count(*), sum(substring(bits for 48)::bigint), sum(substring(bits from 49)::bigint),
                count(*) filter (where is_record), sum(money), sum(energy)
            from (
                select substr(k::text, 1, %d) as bucket, ('x' || replace(r::text, '-', ''))::bit(96) as bits,
                    is_record, money, energy
                from h %s offset 0
            ) b
            group by 1""";
    /** Helpers would each make all buckets, and cost more to join than they save. */
    private static final String ALONE = "set local max_parallel_workers_per_gather = 0";

    private final DataSource store;
    private final String silo;
    private final String entity;
    private final Instant before;
    private Totals totals = new Totals(0, 0, new Finding.Sums());

    StoreBuckets(DataSource store, String silo, String entity, Instant before) {
        this.store = store;
        this.silo = silo;
        this.entity = entity;
        this.before = before;
    }

    /** What the store has of the entity. */
    record Totals(long records, long quarantined, Finding.Sums sums) {}

    /** As the first level counted them. */
    Totals totals() {
        return totals;
    }

    @Override
    public Map<String, Sum> level(Set<String> within, int digits) {
        Map<String, Sum> level = new HashMap<>();
        long[] counts = new long[2];
        Finding.Sums sums = new Finding.Sums();
        ask(HASHES + SUMS.formatted(digits, where(within)), within, row -> {
            level.put(row.getString(1), sum(row));
            counts[0] += row.getLong(5);
            counts[1] += row.getLong(2) - row.getLong(5);
            sums.plus(row.getBigDecimal(6), row.getBigDecimal(7));
        });
        if (within.isEmpty()) {
            totals = new Totals(counts[0], counts[1], sums);
        }
        return level;
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getLong(2),
                row.getBigDecimal(3).longValue(),
                row.getBigDecimal(4).longValue());
    }

    @Override
    public void rows(Set<String> within, Row each) {
        ask(
                HASHES + "select k, r, n, is_record, money, energy from h " + where(within),
                within,
                row -> each.see(
                        key(row.getString(1)),
                        key(row.getString(2)),
                        row.getString(3),
                        new Counted(row.getBoolean(4), row.getBigDecimal(5), row.getBigDecimal(6))));
    }

    private static Key key(String hash) {
        return Key.of(UUID.fromString(hash));
    }

    private static String where(Set<String> within) {
        return within.isEmpty()
                ? ""
                : "where substr(k::text, 1, " + within.iterator().next().length() + ") = any(?)";
    }

    private void ask(String sql, Set<String> within, Each each) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement setting = connection.createStatement()) {
                setting.execute(ALONE);
            }
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setFetchSize(FETCH);
                query.setString(1, silo);
                query.setString(2, entity);
                query.setString(3, silo);
                query.setString(4, entity);
                query.setObject(5, before.atOffset(ZoneOffset.UTC));
                if (!within.isEmpty()) {
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
