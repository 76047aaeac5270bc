package isthmus.quarantine;

import isthmus.model.Origin;
import isthmus.model.Reason;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A quarantined piece without its bytes.
 *
 * @param field the source column or canonical path at fault, null for the whole piece
 * @param hint what was expected
 * @param ordinal line of the file, or ordinal in the page or message
 * @param times how often the same bytes were refused for the same reason
 */
public record Entry(
        long id,
        long run,
        long chunk,
        String system,
        String pull,
        String entity,
        String locator,
        Reason reason,
        @Nullable String field,
        String hint,
        Origin origin,
        long ordinal,
        State state,
        OffsetDateTime firstSeen,
        OffsetDateTime lastSeen,
        int times,
        @Nullable String note) {

    private static final Set<Reason> WHOLE = EnumSet.of(
            Reason.FILE_NAME,
            Reason.FILE_EMPTY,
            Reason.FILE_SHORT,
            Reason.FILE_HEADER,
            Reason.TRAILER_COUNT,
            Reason.TRAILER_SUM,
            Reason.ARCHIVE,
            Reason.XML);

    /** True when the whole file or message was refused, so that there is no record to offer again. */
    public boolean isWhole() {
        return WHOLE.contains(reason);
    }

    Recut.Cut cut(Recut recut, byte[] bytes) {
        return recut.cut(system, pull, bytes, origin, ordinal, locator);
    }
}
