package isthmus.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** The book of what people had the hub do, in the store's table {@code audit}, which takes rows and never changes one. */
public final class Audit {
    private static final int BATCH = 1_000;

    private final DataSource store;
    private final Clock clock;

    public Audit(DataSource store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One thing that was done.
     *
     * @param actor the account of the person, or {@code hub}
     * @param action {@code repair.different} for example
     * @param subject what it was done to, by its id
     * @param detail in words, without personal data
     */
    public record Deed(String actor, String action, String subject, String detail) {}

    /** Writes them down in one transaction; throws when they cannot be, so that nothing is done unseen. */
    public void write(List<Deed> deeds) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                write(connection, deeds);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the audit cannot be written", away);
        }
    }

    /** Writes them down within the transaction that does them, so that it is either both or neither. */
    public void write(Connection within, List<Deed> deeds) throws SQLException {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        try (PreparedStatement insert = within.prepareStatement(
                "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)")) {
            int waiting = 0;
            for (Deed deed : deeds) {
                insert.setObject(1, now);
                insert.setString(2, deed.actor());
                insert.setString(3, deed.action());
                insert.setString(4, deed.subject());
                insert.setString(5, deed.detail());
                insert.addBatch();
                if (++waiting % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
