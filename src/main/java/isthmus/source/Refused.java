package isthmus.source;

import isthmus.model.Outcome;
import isthmus.model.Reason;

/** A whole file is refused before any of its lines is offered. */
final class Refused extends Exception {
    private final Reason reason;
    private final String hint;

    Refused(Reason reason, String hint) {
        super(reason.code() + ": " + hint);
        this.reason = reason;
        this.hint = hint;
    }

    Reason reason() {
        return reason;
    }

    Outcome.Rejected rejection() {
        return new Outcome.Rejected(reason, null, hint);
    }
}
