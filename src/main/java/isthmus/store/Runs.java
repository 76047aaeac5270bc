package isthmus.store;

import isthmus.store.Leases.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Passes over a system: each ends green, red when its balance does not hold, or failed. */
public final class Runs {
    private static final int ERROR_LENGTH = 2_000;

    /** The trigger of a run that compares keys beside the one that pulls, under the same lease. */
    private static final String BESIDE = "keys";

    private final DataSource source;
    private final JdbcClient jdbc;
    private final Clock clock;

    public Runs(DataSource source, Clock clock) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.clock = clock;
    }

    /**
     * Begins a run that moves no cursor and needs no lease.
     *
     * @param trigger what set it off: command, replay, backfill or repair
     */
    public long begin(String system, String trigger) {
        return jdbc.sql("insert into run (system, trigger, started, state) values (?, ?, ?, 'running') returning run")
                .params(system, trigger, Ledger.utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    /**
     * Begins a run that pulls: it writes as long as the lease stands, and its hub's earlier ones are over.
     * So are those without a lease of which nobody has heard for a day: their command was killed.
     *
     * @throws Leases.Fenced when the lease does not stand any more
     */
    public long begin(Lease lease, String trigger) {
        return Transaction.run(source, "begin a run", at -> {
            Fence.check(at, lease);
            try (PreparedStatement fail = at.prepareStatement("update run set state = 'failed', ended = ?,"
                    + " error = 'the hub ended before the run did' where system = ? and state = 'running'"
                    + " and (epoch <= ? and trigger <> ? or epoch is null and started < clock_timestamp() - interval '1 day'"
                    + " and not exists (select from backfill b where b.run = run.run"
                    + " and b.updated > clock_timestamp() - interval '1 day'))")) {
                fail.setObject(1, Ledger.utc(clock.instant()));
                fail.setString(2, lease.name());
                fail.setLong(3, lease.epoch());
                fail.setString(4, BESIDE);
                fail.executeUpdate();
            }
            return insert(at, lease, trigger);
        });
    }

    /** Begins a run that compares keys under a lease while another one may pull. */
    public long beginBeside(Lease lease) {
        return Transaction.run(source, "begin a run", at -> {
            Fence.check(at, lease);
            return insert(at, lease, BESIDE);
        });
    }

    private long insert(Connection at, Lease lease, String trigger) throws SQLException {
        try (PreparedStatement insert = at.prepareStatement("insert into run (system, trigger, started, state, hub,"
                + " epoch) values (?, ?, ?, 'running', ?, ?) returning run")) {
            insert.setString(1, lease.name());
            insert.setString(2, trigger);
            insert.setObject(3, Ledger.utc(clock.instant()));
            insert.setString(4, lease.holder());
            insert.setLong(5, lease.epoch());
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Heals references that have found their parent, checks the balance and closes the run.
     *
     * @throws Leases.Fenced when the run is over already, or its lease does not stand any more
     */
    public RunBalance end(long run) {
        String system = system(run);
        Transaction.run(source, "heal references", at -> {
            Fence.check(at, run);
            return Pending.heal(at, system);
        });
        Map<String, Tally> tallies = tallies(run);
        List<String> problems = new ArrayList<>();
        tallies.forEach((entity, tally) -> {
            if (!tally.balances()) {
                problems.add("%s: read %d is not applied %d + unchanged %d + stale %d + quarantined %d"
                        .formatted(
                                entity,
                                tally.read(),
                                tally.applied(),
                                tally.unchanged(),
                                tally.stale(),
                                tally.quarantined()));
            }
        });
        String state = problems.isEmpty() ? "green" : "red";
        close(run, state, problems.isEmpty() ? "" : "BALANCE: " + String.join("; ", problems));
        return new RunBalance(run, system, state, tallies, List.copyOf(problems));
    }

    /** Closes a run that could not be carried through; what it stored stays. */
    public void fail(long run, String error) {
        close(run, "failed", error);
    }

    /** What a run has counted so far, by entity. */
    public Map<String, Tally> tallies(long run) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        jdbc.sql("select entity, read, applied, unchanged, stale, quarantined from run_count where run = ?"
                        + " order by entity")
                .param(run)
                .query(row -> {
                    tallies.put(
                            row.getString(1),
                            new Tally(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
                });
        return tallies;
    }

    /** A run as the ledger remembers it; {@code ended} and {@code error} are null while there is none. */
    public record Run(
            long run,
            String system,
            String trigger,
            OffsetDateTime started,
            @Nullable OffsetDateTime ended,
            String state,
            @Nullable String error,
            Map<String, Tally> tallies) {}

    /** The latest runs, newest first, with what they counted. */
    public List<Run> recent(int limit) {
        return jdbc.sql("select run, system, trigger, started, ended, state, error from run order by run desc limit ?")
                .param(limit)
                .query((row, n) -> new Run(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class),
                        row.getObject(5, OffsetDateTime.class),
                        row.getString(6),
                        row.getString(7),
                        tallies(row.getLong(1))))
                .list();
    }

    private String system(long run) {
        return jdbc.sql("select system from run where run = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    private void close(long run, String state, String error) {
        String cut = error.length() > ERROR_LENGTH ? error.substring(0, ERROR_LENGTH) : error;
        int closed = jdbc.sql("update run set state = ?, ended = ?, error = nullif(?, '')"
                        + " where run = ? and state = 'running'")
                .params(state, Ledger.utc(clock.instant()), Transaction.clean(cut), run)
                .update();
        if (closed != 1) {
            throw new IllegalStateException("run " + run + " is not running");
        }
    }
}
