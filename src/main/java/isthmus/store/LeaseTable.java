package isthmus.store;

import isthmus.store.Leases.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.PessimisticLockingFailureException;

/** Table {@code lease}: every comparison with the time is the database's own. */
final class LeaseTable {
    private final DataSource source;
    private final String holder;
    private final Duration term;

    LeaseTable(DataSource source, String holder, Duration term) {
        this.source = source;
        this.holder = holder;
        this.term = term;
    }

    /** What stands in the table: a lease is lost when nobody renewed it, and not when it was given back. */
    private record Standing(String holder, boolean lost) {}

    /** Takes a lease that is free or ours; empty while another hub holds it. */
    Optional<Lease> take(String name) {
        try {
            Transaction.run(source, "read a lease", at -> standing(at, name))
                    .filter(standing -> standing.lost() && !standing.holder().equals(holder))
                    .ifPresent(from -> Transaction.run(
                            source, "end what a lost hub left open", at -> disconnect(at, from.holder())));
            return Transaction.run(source, "take a lease", at -> take(at, name));
        } catch (PessimisticLockingFailureException busy) {
            return Optional.empty();
        }
    }

    private static Optional<Standing> standing(Connection at, String name) throws SQLException {
        try (PreparedStatement select = at.prepareStatement("select holder,"
                + " expires <= clock_timestamp() and expires > '-infinity' from lease where name = ?")) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(new Standing(row.getString(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }

    /** A frozen hub may lie inside a transaction whose locks nobody would ever release. */
    private static boolean disconnect(Connection at, String lost) throws SQLException {
        try (PreparedStatement end = at.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = ? and usename = current_user and pid <> pg_backend_pid()")) {
            end.setString(1, StoreBeans.applicationName(lost));
            return end.execute();
        }
    }

    private Optional<Lease> take(Connection at, String name) throws SQLException {
        try (var statement = at.createStatement()) {
            statement.execute("set local lock_timeout = '5s'");
        }
        try (PreparedStatement insert = at.prepareStatement("""
                insert into lease (name, holder, epoch, since, expires)
                values (?, ?, 1, clock_timestamp(), clock_timestamp() + ? * interval '1 millisecond')
                on conflict (name) do nothing""")) {
            insert.setString(1, name);
            insert.setString(2, holder);
            insert.setLong(3, term.toMillis());
            if (insert.executeUpdate() == 1) {
                return Optional.of(new Lease(name, holder, 1));
            }
        }
        // Waits for the chunks that are under way with this lease: they hold a key share of it.
        try (PreparedStatement lock = at.prepareStatement("select holder, epoch from lease"
                + " where name = ? and (holder = ? or expires <= clock_timestamp()) for update")) {
            lock.setString(1, name);
            lock.setString(2, holder);
            try (var row = lock.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                boolean ours = row.getString(1).equals(holder);
                return Optional.of(move(at, new Lease(name, holder, row.getLong(2) + (ours ? 0 : 1)), ours));
            }
        }
    }

    private Lease move(Connection at, Lease lease, boolean ours) throws SQLException {
        try (PreparedStatement update = at.prepareStatement("update lease set holder = ?, epoch = ?,"
                + " since = case when holder = ? then since else clock_timestamp() end,"
                + " expires = clock_timestamp() + ? * interval '1 millisecond' where name = ?")) {
            update.setString(1, holder);
            update.setLong(2, lease.epoch());
            update.setString(3, holder);
            update.setLong(4, term.toMillis());
            update.setString(5, lease.name());
            update.executeUpdate();
        }
        if (!ours) {
            failRunsBefore(at, lease);
        }
        return lease;
    }

    private static void failRunsBefore(Connection at, Lease lease) throws SQLException {
        try (PreparedStatement fail = at.prepareStatement("update run set state = 'failed', ended = clock_timestamp(),"
                + " error = 'FENCED: its hub lost the lease, ' || ? || ' goes on'"
                + " where system = ? and state = 'running' and epoch < ?")) {
            fail.setString(1, lease.holder());
            fail.setString(2, lease.name());
            fail.setLong(3, lease.epoch());
            fail.executeUpdate();
        }
    }

    /** False when the lease is no longer ours. */
    boolean renew(Lease lease) {
        String later = "clock_timestamp() + " + term.toMillis() + " * interval '1 millisecond'";
        return Transaction.run(source, "renew a lease", at -> expire(at, lease, later) == 1);
    }

    void release(Lease lease) {
        Transaction.run(source, "release a lease", at -> expire(at, lease, "'-infinity'"));
    }

    private static int expire(Connection at, Lease lease, String when) throws SQLException {
        try (PreparedStatement update = at.prepareStatement(
                "update lease set expires = " + when + " where name = ? and holder = ? and epoch = ?")) {
            update.setString(1, lease.name());
            update.setString(2, lease.holder());
            update.setLong(3, lease.epoch());
            return update.executeUpdate();
        }
    }
}
