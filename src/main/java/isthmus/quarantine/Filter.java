package isthmus.quarantine;

import isthmus.model.Reason;
import org.jspecify.annotations.Nullable;

/** Which quarantined pieces are meant; null means any. */
public record Filter(
        @Nullable String system,
        @Nullable String entity,
        @Nullable Reason reason,
        @Nullable State state) {

    public static final Filter ALL_OPEN = new Filter(null, null, null, State.OPEN);
}
