package isthmus.serve.exports;

import isthmus.security.Rights;
import isthmus.security.seal.Opener;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * All records of an entity as they are at one moment, in the order of their ids, one after another: the store sends no
 * faster than they are written, and none is held.
 */
@Component
@ConditionalOnWebApplication
final class Snapshot implements AutoCloseable {
    /** What stands before the first row of a binary COPY: signature, flags and the length of nothing. */
    private static final int HEADER = 19;

    private final Reads reads;
    private final Opener opener;
    private final Duration longest;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "export-end");
        thread.setDaemon(true);
        return thread;
    });

    Snapshot(
            @Qualifier("export") Reads reads,
            Opener opener,
            @Value("${isthmus.serve.export.longest:PT30M}") Duration longest) {
        this.reads = reads;
        this.opener = opener;
        this.longest = longest;
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Opens what is written to when the moment is known. */
    @FunctionalInterface
    interface Opening {
        /** @param position the feed's, of which the records are the sum */
        ExportRows open(long position) throws IOException;
    }

    /** Reads the records and writes them. An {@link UncheckedIOException} is about what is written to, never about the store. */
    void write(Wanted wanted, Extent extent, Opening opening) {
        reads.together(connection -> {
            long position = settle(connection, wanted);
            ScheduledFuture<?> end = clock.schedule(() -> abort(connection), longest.toMillis(), TimeUnit.MILLISECONDS);
            try {
                ExportRows rows = opening.open(position);
                copy(connection, wanted, extent, rows);
                rows.end(extent);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            } catch (SQLException fault) {
                if (end.isDone()) {
                    throw Refused.slow("an export lasts at most " + longest);
                }
                throw fault;
            } finally {
                end.cancel(false);
            }
            return position;
        });
    }

    private static void abort(Connection connection) {
        try {
            connection.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException gone) {
            // Nothing is left to be ended.
        }
    }

    /** Lays down what is wanted as values, since COPY takes none, and the plan that begins at once instead of sorting. */
    private static long settle(Connection connection, Wanted wanted) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce((select max(position) from chunk_log), 0), set_config('isthmus.after', ?, true),
                    set_config('isthmus.silo', ?, true), set_config('enable_sort', 'off', true)""")) {
            select.setString(1, wanted.after());
            select.setString(2, wanted.silo());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String statement(Wanted wanted) {
        return "copy (select id, body from record_" + wanted.entity() + " where id > current_setting('isthmus.after')"
                + (wanted.deleted() ? "" : " and not deleted")
                + (wanted.silo() == null ? "" : " and silo = current_setting('isthmus.silo')")
                + " order by id"
                + (wanted.limit() == null ? "" : " limit " + wanted.limit())
                + ") to stdout (format binary)";
    }

    private void copy(Connection connection, Wanted wanted, Extent extent, ExportRows rows)
            throws SQLException, IOException {
        boolean isPersonal = Rights.PERSONAL.contains(wanted.entity());
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement(wanted));
        try {
            int before = HEADER;
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                ByteBuffer row = ByteBuffer.wrap(message, before, message.length - before);
                before = 0;
                // The last message says -1 columns.
                if (row.getShort() > 0) {
                    extent.reach(field(row));
                    rows.add(isPersonal ? opened(wanted.entity(), extent.last(), field(row)) : field(row));
                }
            }
        } finally {
            if (copy.isActive()) {
                // To have it stop would leave the connection out of step: its answer and a late signal meet the next
                // user.
                abort(connection);
            }
        }
    }

    private ByteBuffer opened(String entity, String id, ByteBuffer record) {
        byte[] body = new byte[record.remaining()];
        record.get(body);
        return ByteBuffer.wrap(opener.open(entity, id, body));
    }

    private static ByteBuffer field(ByteBuffer row) {
        int length = row.getInt();
        ByteBuffer field = row.slice(row.position(), length);
        row.position(row.position() + length);
        return field;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
