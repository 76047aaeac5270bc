package isthmus.serve.door;

import isthmus.security.Caller;
import isthmus.serve.Refused;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What somebody says over HTTP: by whom, and with a reason of one line. */
public final class Spoken {
    private static final int LONGEST_REASON = 500;

    private Spoken() {}

    /** As whom the audit has it. */
    public static String by(HttpServletRequest request) {
        if (request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller) {
            return caller.name();
        }
        throw new IllegalStateException("somebody came in who was not let in");
    }

    /** The reason that was given, stripped. */
    public static String reason(@Nullable String said) {
        String reason = said == null ? "" : said.strip();
        if (reason.isEmpty()
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw Refused.parameter("reason", "one line of one to " + LONGEST_REASON + " characters");
        }
        return reason;
    }
}
