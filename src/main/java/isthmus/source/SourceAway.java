package isthmus.source;

import org.jspecify.annotations.Nullable;

/** The legacy system does not answer, or answers with a fault: worth another try. The message holds no record's data. */
public final class SourceAway extends RuntimeException {
    public SourceAway(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
