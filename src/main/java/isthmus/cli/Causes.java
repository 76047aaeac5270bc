package isthmus.cli;

import isthmus.catalog.ConfigurationFault;
import java.io.IOException;
import java.sql.SQLException;

/** Finds in a chain of exceptions the one that a person should read. */
final class Causes {

    private Causes() {}

    /** The deepest cause, or the first one on the way that already speaks to people. */
    static Throwable root(Throwable fault) {
        Throwable at = fault;
        while (!(at instanceof ConfigurationFault) && !(at instanceof Refusal) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /** True when the world failed (connection, disk), as opposed to us. */
    static boolean worldFailed(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof IOException || (at instanceof SQLException sql && !isOurs(sql))) {
                return true;
            }
        }
        return false;
    }

    /** SQLSTATE classes 22, 23 and 42: the server was reached and refused what we said. */
    private static boolean isOurs(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
