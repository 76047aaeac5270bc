package isthmus.normalize;

import isthmus.model.Outcome;
import isthmus.model.Reason;
import org.jspecify.annotations.Nullable;

/** Leaves a record in the middle of its mapping; becomes {@link Outcome.Rejected} at once and has no stack trace. */
final class Refusal extends RuntimeException {
    private final transient Outcome.Rejected rejected;

    Refusal(Reason reason, @Nullable String field, String hint) {
        super(reason.code(), null, false, false);
        this.rejected = new Outcome.Rejected(reason, field, hint);
    }

    Outcome.Rejected rejected() {
        return rejected;
    }
}
