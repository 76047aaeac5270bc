package isthmus.flow;

import isthmus.feed.FeedFull;
import isthmus.model.Reason;
import isthmus.security.seal.SealAway;
import isthmus.source.ContractBroken;
import isthmus.source.SourceAway;
import isthmus.store.Leases;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.interceptor.Fault;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Why a pull failed.
 *
 * @param text for people; never holds what the legacy system sent
 */
public record Failure(Reason reason, String text) {

    /** True when the world failed, and not we; while the feed is full, the next pull of the schedule is soon enough. */
    boolean isWorthRetrying() {
        return reason.fate() == Reason.Fate.RETRY && reason != Reason.FEED_FULL;
    }

    static Failure of(Throwable thrown) {
        if (root(thrown) instanceof PinnedCertificate.Another other) {
            return new Failure(Reason.SOURCE_IDENTITY, text(other));
        }
        for (Throwable fault = thrown; fault != null; fault = fault.getCause()) {
            Failure failure = known(fault);
            if (failure != null) {
                return failure;
            }
        }
        return new Failure(Reason.CONFIG, "a bug: " + where(root(thrown)));
    }

    private static @Nullable Failure known(Throwable fault) {
        if (fault instanceof Leases.Fenced) {
            return new Failure(Reason.FENCED, text(fault));
        }
        if (fault instanceof FeedFull) {
            return new Failure(Reason.FEED_FULL, text(fault));
        }
        if (fault instanceof SealAway) {
            return new Failure(Reason.SEAL_AWAY, text(fault));
        }
        if (fault instanceof Intake.StoreAway) {
            return new Failure(Reason.STORE_AWAY, "the store did not take a chunk: " + store(root(fault)));
        }
        if (fault instanceof DataAccessException && !(fault instanceof BadSqlGrammarException)) {
            // Spring's: only the store is asked through it, here about files and positions.
            return new Failure(Reason.STORE_AWAY, "the store did not answer: " + store(root(fault)));
        }
        if (fault instanceof ContractBroken broken) {
            return new Failure(broken.reason(), text(broken));
        }
        if (fault instanceof SourceAway away) {
            Throwable root = root(fault);
            return new Failure(Reason.SOURCE_AWAY, text(away) + (root == fault ? "" : ": " + plain(root)));
        }
        if (fault instanceof SQLTransientConnectionException) {
            // Its SQLState is that of whatever a pool tried last, 42000 for a line that went dead.
            return new Failure(Reason.SOURCE_AWAY, "no connection to the database in time" + network(fault));
        }
        if (fault instanceof SQLException sql) {
            String state = String.valueOf(sql.getSQLState());
            // 42: the query itself is wrong; all else is the other side's trouble.
            Reason reason = state.startsWith("42") ? Reason.CONFIG : Reason.SOURCE_AWAY;
            return new Failure(reason, "SQLState " + state + ", error " + sql.getErrorCode() + network(sql));
        }
        if (fault instanceof SoapFault soap) {
            return new Failure(
                    Reason.SOURCE_AWAY, "SOAP fault " + soap.getFaultCode().getLocalPart());
        }
        if (fault instanceof Fault unreadable) {
            return new Failure(
                    Reason.SOURCE_AWAY,
                    "an answer that is cut short or is no SOAP: "
                            + root(unreadable).getClass().getSimpleName());
        }
        if (fault instanceof IOException) {
            return new Failure(Reason.SOURCE_AWAY, plain(fault));
        }
        return null;
    }

    /** What the network said to a driver, if it was the network. */
    private static String network(Throwable fault) {
        return root(fault) instanceof IOException said ? ": " + plain(said) : "";
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Messages of the network and the disk hold no record; those of drivers and parsers may. */
    private static String plain(Throwable fault) {
        boolean isNetwork =
                fault instanceof IOException && fault.getClass().getName().startsWith("java.");
        return fault.getClass().getSimpleName() + (isNetwork ? " " + text(fault) : "");
    }

    /** What PostgreSQL says of its disk, memory and shutdowns (classes 53, 57, 58) holds no record; the rest may. */
    private static String store(Throwable root) {
        String state = root instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
        boolean isServer = state.startsWith("53") || state.startsWith("57") || state.startsWith("58");
        return isServer
                ? "SQLState " + state + ", " + text(root).lines().findFirst().orElse("")
                : where(root);
    }

    private static String where(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String text(Throwable fault) {
        return String.valueOf(fault.getMessage());
    }
}
