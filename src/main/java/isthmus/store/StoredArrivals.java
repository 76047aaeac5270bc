package isthmus.store;

import isthmus.model.Reason;
import isthmus.source.Arrivals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
        Transaction.run(source, "claim a file", at -> {
            Fence.check(at, run);
            return write(at, file, "claimed", run, """
                    on conflict (system, name, sha256) do update set updated = excluded.updated,
                        business_time = coalesce(arrival.business_time, excluded.business_time),
                        run = case arrival.state when 'claimed' then excluded.run else arrival.run end""");
        });
        return jdbc.sql("select state, lines_done from arrival where system = ? and name = ? and sha256 = ?")
                .params(file.system(), Transaction.clean(file.name()), file.sha256())
                .query((row, n) -> new Claim(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2)))
                .single();
    }

    @Override
    public void finished(Arrival file, long run, String archivedAs) {
        Transaction.run(source, "close a file", at -> {
            Fence.check(at, run);
            return settle(at, file, "done", archivedAs, null);
        });
    }

    @Override
    public void refused(Arrival file, long run, Reason reason, @Nullable String movedTo) {
        Transaction.run(source, "refuse a file", at -> {
            Fence.check(at, run);
            write(at, file, "refused", null, "on conflict (system, name, sha256) do nothing");
            return settle(at, file, "refused", movedTo, reason.code());
        });
    }

    private int write(Connection at, Arrival file, String state, @Nullable Long run, String onConflict)
            throws SQLException {
        var now = Ledger.utc(clock.instant());
        try (PreparedStatement insert = at.prepareStatement("insert into arrival (system, pull, name, sha256, size,"
                + " business_time, state, first_seen, updated, run) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                + onConflict)) {
            insert.setString(1, file.system());
            insert.setString(2, file.pull());
            insert.setString(3, Transaction.clean(file.name()));
            insert.setString(4, file.sha256());
            insert.setLong(5, file.size());
            insert.setObject(6, file.businessTime());
            insert.setString(7, state);
            insert.setObject(8, now);
            insert.setObject(9, now);
            insert.setObject(10, run);
            return insert.executeUpdate();
        }
    }

    private int settle(Connection at, Arrival file, String state, @Nullable String archivedAs, @Nullable String reason)
            throws SQLException {
        try (PreparedStatement update = at.prepareStatement("update arrival set state = ?, archived_as = ?,"
                + " reason = ?, updated = ? where system = ? and name = ? and sha256 = ?")) {
            update.setString(1, state);
            update.setString(2, archivedAs == null ? null : Transaction.clean(archivedAs));
            update.setString(3, reason);
            update.setObject(4, Ledger.utc(clock.instant()));
            update.setString(5, file.system());
            update.setString(6, Transaction.clean(file.name()));
            update.setString(7, file.sha256());
            int settled = update.executeUpdate();
            if (settled != 1) {
                throw new IllegalStateException("a file that was never claimed: pull " + file.pull());
            }
            return settled;
        }
    }
}
