package isthmus.audit;

import isthmus.audit.proof.Head;
import isthmus.audit.proof.Merkle;
import isthmus.audit.proof.Peaks;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Signs from time to time how far the log has come, and lays what it signed in a second place. It signs nothing that does
 * not continue what was signed before.
 */
public final class Notary implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final int HEADS_A_LOOK = 1_000;

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final DataSource store;
    private final SigningKey key;
    private final SecondPlace place;
    private final Duration every;
    private final BooleanSupplier turn;
    private final Clock clock;

    /**
     * @param folder the second place
     * @param turn whether it is this hub that signs
     */
    public Notary(DataSource store, SigningKey key, Path folder, Duration every, BooleanSupplier turn, Clock clock) {
        this.store = store;
        this.key = key;
        this.place = new SecondPlace(folder);
        this.every = every;
        this.turn = turn;
        this.clock = clock;
    }

    /** Begins to sign, now and then every so often. */
    public void start() {
        LOG.info("the heads of the audit are signed with key {}", key.name());
        scheduler.setThreadNamePrefix("notary-");
        scheduler.setDaemon(true);
        scheduler.initialize();
        scheduler.scheduleWithFixedDelay(this::once, every);
    }

    /** Signs a last head, so that what this hub wrote is vouched for. */
    @Override
    public void close() {
        scheduler.shutdown();
        once();
    }

    /** A scheduled task that throws is never run again, so whatever is thrown ends here, told. */
    private void once() {
        try {
            if (turn.getAsBoolean()) {
                sign();
            }
        } catch (DataAccessException | SQLException away) {
            LOG.warn(
                    "{}: no head of the audit is signed until it is back ({})",
                    Reason.STORE_AWAY.code(),
                    away.getMessage());
        } catch (IOException full) {
            LOG.error(
                    "{}: a head of the audit is laid in the second place later: {}",
                    Reason.AUDIT_UNLAID.code(),
                    full.toString());
        } catch (IllegalStateException altered) {
            LOG.error("{}: {}; no head is signed", Reason.AUDIT_BROKEN.code(), altered.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a bug in the audit", bug);
        }
    }

    /**
     * Signs a head now, and lays it with those that are not laid yet.
     *
     * @return empty where the log does not continue what was signed
     */
    public synchronized Optional<Head> sign() throws SQLException, IOException {
        Optional<Head> signed = signed();
        if (signed.isPresent()) {
            lay(signed.get());
        }
        return signed;
    }

    private Optional<Head> signed() throws SQLException {
        try (Connection connection = store.getConnection()) {
            int usual = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Optional<Head> last = last(connection);
                Peaks peaks = AuditTrail.peaks(connection);
                if (last.isPresent() && !continues(connection, last.get(), peaks)) {
                    LOG.error(
                            "{}: the {} entries of the audit do not continue the head of {} over {}; none is signed."
                                    + " See isthmus audit verify",
                            Reason.AUDIT_BROKEN.code(),
                            peaks.size(),
                            last.get().at(),
                            last.get().size());
                    return Optional.empty();
                }
                Head head = key.sign(peaks.size(), clock.instant(), peaks.root());
                keep(connection, head);
                connection.commit();
                return Optional.of(head);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(usual);
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean continues(Connection within, Head last, Peaks peaks) throws SQLException {
        if (last.size() > peaks.size()) {
            return false;
        }
        try {
            AuditTrail.Growth growth = AuditTrail.growth(within, last.size(), peaks.size());
            return Merkle.grew(last.size(), peaks.size(), last.root(), peaks.root(), growth.proof());
        } catch (IllegalStateException gone) {
            return false;
        }
    }

    private static Optional<Head> last(Connection within) throws SQLException {
        try (PreparedStatement select = within.prepareStatement(
                        "select size, at, root, key, signature from audit_head order by id desc limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(AuditTrail.head(row)) : Optional.empty();
        }
    }

    private static void keep(Connection within, Head head) throws SQLException {
        try (PreparedStatement insert = within.prepareStatement(
                "insert into audit_head (size, at, root, key, signature) values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, head.size());
            insert.setObject(2, head.at().atOffset(ZoneOffset.UTC));
            insert.setBytes(3, head.root());
            insert.setBytes(4, head.key());
            insert.setBytes(5, head.signature());
            insert.executeUpdate();
        }
    }

    /** Behind the last that lies there comes what was signed since: by this hub, by another one, or while the place was full. */
    private void lay(Head newest) throws IOException {
        Head last = place.last().orElse(null);
        JdbcClient sql = JdbcClient.create(store);
        Long after = last == null
                ? Long.valueOf(0)
                : sql.sql("select id from audit_head where signature = ?")
                        .param(last.signature())
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        if (after == null) {
            LOG.error(
                    "{}: the second place holds a head of {} over {} entries that the store does not know: it was altered,"
                            + " or restored from before. See isthmus audit verify",
                    Reason.AUDIT_BROKEN.code(),
                    String.valueOf(last == null ? "" : last.at()),
                    last == null ? 0 : last.size());
            place.add(List.of(newest));
            return;
        }
        List<Known> more = since(sql, after);
        while (!more.isEmpty()) {
            place.add(more.stream().map(Known::head).toList());
            more = since(sql, more.get(more.size() - 1).id());
        }
    }

    private record Known(long id, Head head) {}

    private static List<Known> since(JdbcClient sql, long id) {
        return sql.sql("select size, at, root, key, signature, id from audit_head where id > ? order by id limit ?")
                .params(id, HEADS_A_LOOK)
                .query((row, n) -> new Known(row.getLong(6), AuditTrail.head(row)))
                .list();
    }
}
