package isthmus.store;

import isthmus.model.Reason;
import isthmus.source.Arrivals;
import java.time.Clock;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger of files in table {@code arrival}; lines done are moved by the chunks themselves. */
final class StoredArrivals implements Arrivals {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final Clock clock;

    public StoredArrivals(DataSource source, Clock clock) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.clock = clock;
    }

    @Override
    public Claim claim(Arrival file, long run) {
        write(file, "claimed", run, """
                on conflict (system, name, sha256) do update set updated = excluded.updated,
                    business_time = coalesce(arrival.business_time, excluded.business_time),
                    run = case arrival.state when 'claimed' then excluded.run else arrival.run end""");
        return jdbc.sql("select state, lines_done from arrival where system = ? and name = ? and sha256 = ?")
                .params(file.system(), Transaction.clean(file.name()), file.sha256())
                .query((row, n) -> new Claim(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2)))
                .single();
    }

    @Override
    public void guard(long run) {
        Transaction.run(source, "ask for the lease", connection -> {
            Leases.check(connection, run);
            return run;
        });
    }

    @Override
    public void finished(Arrival file, String archivedAs) {
        settle(file, "done", archivedAs, null);
    }

    @Override
    public void refused(Arrival file, Reason reason, @Nullable String movedTo) {
        write(file, "refused", null, "on conflict (system, name, sha256) do nothing");
        settle(file, "refused", movedTo, reason.code());
    }

    private void write(Arrival file, String state, @Nullable Long run, String onConflict) {
        var now = Ledger.utc(clock.instant());
        jdbc.sql(
                        "insert into arrival (system, pull, name, sha256, size, business_time, state, first_seen, updated, run)"
                                + " values (:system, :pull, :name, :sha256, :size, :time, :state, :now, :now, :run) "
                                + onConflict)
                .param("system", file.system())
                .param("pull", file.pull())
                .param("name", Transaction.clean(file.name()))
                .param("sha256", file.sha256())
                .param("size", file.size())
                .param("time", file.businessTime())
                .param("state", state)
                .param("now", now)
                .param("run", run)
                .update();
    }

    private void settle(Arrival file, String state, @Nullable String archivedAs, @Nullable String reason) {
        int settled = jdbc.sql("update arrival set state = :state, archived_as = :as, reason = :reason, updated = :now"
                        + " where system = :system and name = :name and sha256 = :sha256")
                .param("state", state)
                .param("as", archivedAs == null ? null : Transaction.clean(archivedAs))
                .param("reason", reason)
                .param("now", Ledger.utc(clock.instant()))
                .param("system", file.system())
                .param("name", Transaction.clean(file.name()))
                .param("sha256", file.sha256())
                .update();
        if (settled != 1) {
            throw new IllegalStateException("a file that was never claimed: pull " + file.pull());
        }
    }
}
