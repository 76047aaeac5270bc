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
            if (at instanceof IOException || at instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
