package isthmus.store;

import isthmus.store.Leases.Fenced;
import isthmus.store.Leases.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Asked at the beginning of every transaction of a run: may it write? What it finds cannot change before the transaction has
 * ended, since whoever takes the lease over waits for the key share.
 */
final class Fence {
    /** A process that is frozen inside the transaction is put out of it by the server, with its locks. */
    private static final String NOT_FOR_EVER =
            "select set_config('idle_in_transaction_session_timeout', '30s', true) from ";

    private static final String UNDER_LEASE =
            NOT_FOR_EVER + "run r join lease l on l.name = r.system and l.epoch = r.epoch"
                    + " where r.run = ? and r.state = 'running' for key share of l";
    private static final String WITHOUT_LEASE =
            NOT_FOR_EVER + "run where run = ? and state = 'running' and epoch is null";

    private Fence() {}

    /** One statement for the runs that pull; those without a lease take a second one. */
    static void check(Connection at, long run) throws SQLException {
        if (text(at, UNDER_LEASE, run).isEmpty() && text(at, WITHOUT_LEASE, run).isEmpty()) {
            throw new Fenced("run " + run + " writes no more: " + why(at, run));
        }
    }

    /** The same for a run that is about to begin. */
    static void check(Connection at, Lease lease) throws SQLException {
        try (PreparedStatement select =
                at.prepareStatement("select 1 from lease where name = ? and holder = ? and epoch = ? for key share")) {
            select.setString(1, lease.name());
            select.setString(2, lease.holder());
            select.setLong(3, lease.epoch());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new Fenced("another hub has taken over " + lease.name());
                }
            }
        }
    }

    private static String why(Connection at, long run) throws SQLException {
        return text(
                        at,
                        "select case state when 'running' then 'its lease has gone'"
                                + " else coalesce(regexp_replace(error, '^[A-Z-]+: ', ''), 'it has ended') end"
                                + " from run where run = ?",
                        run)
                .orElse("there is no such run");
    }

    private static Optional<String> text(Connection at, String sql, long run) throws SQLException {
        try (PreparedStatement select = at.prepareStatement(sql)) {
            select.setLong(1, run);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
