package isthmus.source;

import isthmus.model.Outcome;
import isthmus.model.Reason;
import java.util.List;

/** A whole file is refused before any of its lines is offered. */
final class Refused extends Exception {
    private final Reason reason;
    private final String hint;
    private final List<String> header;

    Refused(Reason reason, String hint) {
        this(reason, hint, List.of());
    }

    /** @param header the column names of a file that is of the right kind and has others than agreed */
    Refused(Reason reason, String hint, List<String> header) {
        super(reason.code() + ": " + hint);
        this.reason = reason;
        this.hint = hint;
        this.header = header;
    }

    Reason reason() {
        return reason;
    }

    List<String> header() {
        return header;
    }

    Outcome.Rejected rejection() {
        return new Outcome.Rejected(reason, null, hint);
    }
}
