package isthmus.flow;

import org.jspecify.annotations.Nullable;

/** Whoever takes the chunks of a pull has all that it wants; the pull ends there, and is whole. */
final class Enough extends RuntimeException {

    static boolean isIn(Throwable thrown) {
        for (@Nullable Throwable fault = thrown; fault != null; fault = fault.getCause()) {
            if (fault instanceof Enough) {
                return true;
            }
        }
        return false;
    }
}
