package isthmus.store;

import isthmus.store.Leases.Lease;
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

    private final JdbcClient jdbc;
    private final Pending pending;
    private final Clock clock;

    public Runs(DataSource source, Clock clock) {
        this.jdbc = JdbcClient.create(source);
        this.pending = new Pending(source);
        this.clock = clock;
    }

    /**
     * Begins a run that moves no cursor and needs no lease.
     *
     * @param trigger what set it off: schedule, command, replay or repair
     */
    public long begin(String system, String trigger) {
        return jdbc.sql("insert into run (system, trigger, started, state) values (?, ?, ?, 'running') returning run")
                .params(system, trigger, Ledger.utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** Begins a run that pulls: it writes as long as the lease stands, and its hub's earlier ones are over. */
    public long begin(Lease lease, String trigger) {
        jdbc.sql("update run set state = 'failed', ended = ?, error = 'the hub ended before the run did'"
                        + " where system = ? and state = 'running' and epoch <= ?")
                .params(Ledger.utc(clock.instant()), lease.name(), lease.epoch())
                .update();
        return jdbc.sql("insert into run (system, trigger, started, state, hub, epoch)"
                        + " values (?, ?, ?, 'running', ?, ?) returning run")
                .params(lease.name(), trigger, Ledger.utc(clock.instant()), lease.holder(), lease.epoch())
                .query(Long.class)
                .single();
    }

    /** Heals references that have found their parent, checks the balance and closes the run. */
    public RunBalance end(long run) {
        String system = system(run);
        pending.heal(system);
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
