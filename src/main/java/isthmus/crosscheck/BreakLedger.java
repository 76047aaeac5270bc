package isthmus.crosscheck;

import isthmus.crosscheck.CheckResult.Cause;
import isthmus.crosscheck.CheckResult.Worst;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what one check found in one night, within the transaction of its connection: opens, keeps, closes breaks. */
final class BreakLedger implements AutoCloseable {
    private static final int BATCH = 1_000;

    private static final String EXPIRE = """
            with expired as (
                update reconcile_break set state = 'open', reason = null, until = null, said_by = null
                where code = ? and state = 'suppressed' and until < ? returning id)
            insert into reconcile_break_log (break, at, night, what) select id, ?, ?, 'expired' from expired order by id
            """;
    private static final String KEEP = """
            insert into reconcile_break as b (code, subject, cause, owner, severity, state, kwh, money, kwh_left, kwh_right,
                evidence, first_seen, opened, opened_night, last_seen, last_night)
            values (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?)
            on conflict (code, subject) do update set
                cause = excluded.cause, owner = excluded.owner, severity = excluded.severity,
                kwh = excluded.kwh, money = excluded.money, kwh_left = excluded.kwh_left, kwh_right = excluded.kwh_right,
                evidence = excluded.evidence, last_seen = excluded.last_seen, last_night = excluded.last_night,
                state = case when b.state <> 'resolved' then b.state
                             when b.until >= ? then 'suppressed' else 'open' end,
                reason = case when b.state <> 'resolved' or b.until >= ? then b.reason end,
                said_by = case when b.state <> 'resolved' or b.until >= ? then b.said_by end,
                until = case when b.state <> 'resolved' or b.until >= ? then b.until end,
                opened = case when b.state = 'resolved' then excluded.opened else b.opened end,
                opened_night = case when b.state = 'resolved' then excluded.opened_night else b.opened_night end,
                resolved = null
            """;
    private static final String NOTE_OPENED = """
            insert into reconcile_break_log (break, at, night, what)
            select id, ?, ?, case when first_seen = opened then 'opened' else 'reopened' end from reconcile_break
            where code = ? and opened_night = ? and last_night = ? order by id
            """;
    private static final String RESOLVE = """
            with cured as (
                update reconcile_break set state = 'resolved', resolved = ?
                where code = ? and state <> 'resolved' and last_night <> ? returning id)
            insert into reconcile_break_log (break, at, night, what) select id, ?, ?, 'resolved' from cured order by id
            """;
    private static final String COUNT = """
            select count(*) filter (where state = 'open'),
                   count(*) filter (where state = 'acknowledged'),
                   count(*) filter (where state = 'suppressed'),
                   count(*) filter (where opened_night = ?),
                   sum(kwh) filter (where state <> 'suppressed'),
                   sum(money) filter (where state <> 'suppressed')
            from reconcile_break where code = ? and last_night = ?
            """;
    private static final String CAUSES = """
            select cause, count(*), coalesce(sum(kwh), 0), coalesce(sum(money), 0) from reconcile_break
            where code = ? and last_night = ? and state <> 'suppressed' group by cause order by 4 desc, 2 desc, 1
            """;
    private static final String WORST = """
            select subject, cause, kwh, money, opened, state from reconcile_break where code = ? and last_night = ?
            order by money desc nulls last, kwh desc nulls last, subject limit ?
            """;

    private final Connection connection;
    private final Rule rule;
    private final long night;
    private final OffsetDateTime asOf;
    private final PreparedStatement keep;
    private final Set<String> subjects = new HashSet<>();

    BreakLedger(Connection connection, Rule rule, long night, OffsetDateTime asOf) throws SQLException {
        this.connection = connection;
        this.rule = rule;
        this.night = night;
        this.asOf = asOf;
        update(EXPIRE, rule.code(), asOf.toLocalDate(), asOf, night);
        keep = connection.prepareStatement(KEEP);
    }

    /** Opens a break or keeps it; the first row of a subject counts. */
    void add(Hit hit) throws SQLException {
        if (!subjects.add(hit.subject())) {
            return;
        }
        fill(
                keep,
                rule.code(),
                hit.subject(),
                hit.cause(),
                rule.owner(),
                rule.severity().word(),
                hit.kwh(),
                hit.money(),
                hit.kwhLeft(),
                hit.kwhRight(),
                hit.evidenceJson(),
                asOf,
                asOf,
                night,
                asOf,
                night,
                asOf.toLocalDate(),
                asOf.toLocalDate(),
                asOf.toLocalDate(),
                asOf.toLocalDate());
        keep.addBatch();
        if (subjects.size() % BATCH == 0) {
            keep.executeBatch();
        }
    }

    /** Closes what was not seen any more; where nothing was looked at, nothing is cured. */
    Standing settle(long population) throws SQLException {
        keep.executeBatch();
        update(NOTE_OPENED, asOf, night, rule.code(), night, night);
        int resolved = population == 0 ? 0 : update(RESOLVE, asOf, rule.code(), night, asOf, night);
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            fill(count, night, rule.code(), night);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new Standing(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        resolved,
                        row.getBigDecimal(5),
                        row.getBigDecimal(6));
            }
        }
    }

    /** What stands after the night, by cause. */
    List<Cause> causes() throws SQLException {
        List<Cause> causes = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(CAUSES)) {
            fill(query, rule.code(), night);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    causes.add(new Cause(row.getString(1), row.getLong(2), row.getBigDecimal(3), row.getBigDecimal(4)));
                }
            }
        }
        return causes;
    }

    /** The breaks with most at stake. */
    List<Worst> worst(int atMost) throws SQLException {
        List<Worst> worst = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(WORST)) {
            fill(query, rule.code(), night, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    worst.add(new Worst(
                            row.getString(1),
                            row.getString(2),
                            row.getBigDecimal(3),
                            row.getBigDecimal(4),
                            row.getObject(5, OffsetDateTime.class).withOffsetSameInstant(asOf.getOffset()),
                            Break.State.of(row.getString(6))));
                }
            }
        }
        return worst;
    }

    @Override
    public void close() throws SQLException {
        keep.close();
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            fill(update, values);
            return update.executeUpdate();
        }
    }

    private static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setBigDecimal(i + 1, null);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    /** How the breaks of the check stand after the night; energy and money without what is suppressed. */
    record Standing(
            long open,
            long acknowledged,
            long suppressed,
            long fresh,
            long resolved,
            @Nullable BigDecimal kwh,
            @Nullable BigDecimal money) {}
}
