package isthmus.serve.nights;

import isthmus.security.OwnMachine;
import isthmus.serve.Refused;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What somebody says over HTTP: on the hub's machine only, and with a reason of one line. */
final class Spoken {
    /** Who asks over HTTP is not known before there is sign-in. */
    static final String NOBODY_KNOWN = "api";

    private static final int LONGEST_REASON = 500;

    private Spoken() {}

    static void fromHere(HttpServletRequest request) {
        if (!OwnMachine.asks(request.getRemoteAddr(), request.getServerName())) {
            throw Refused.elsewhere();
        }
    }

    static String reason(@Nullable String said) {
        String reason = said == null ? "" : said.strip();
        if (reason.isEmpty()
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw Refused.parameter("reason", "one line of one to " + LONGEST_REASON + " characters");
        }
        return reason;
    }
}
