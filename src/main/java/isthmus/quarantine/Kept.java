package isthmus.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Origin;
import isthmus.model.Reason;
import isthmus.store.Quarantines;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A quarantined piece with its bytes, as it can be offered again. */
record Kept(Quarantines.Entry entry, byte[] bytes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Reason> WHOLE = EnumSet.of(
            Reason.FILE_NAME,
            Reason.FILE_EMPTY,
            Reason.FILE_SHORT,
            Reason.FILE_HEADER,
            Reason.TRAILER_COUNT,
            Reason.TRAILER_SUM,
            Reason.ARCHIVE,
            Reason.XML);

    static Reason reason(Quarantines.Entry entry) {
        return Reason.valueOf(entry.reason().replace('-', '_'));
    }

    /** True when a whole file or message was refused, so that there is no record to offer again. */
    static boolean isWhole(Quarantines.Entry entry) {
        return WHOLE.contains(reason(entry));
    }

    /** @throws IllegalArgumentException when its system or pull is not there any more */
    Recut.Cut cut(Recut recut) {
        long ordinal = json().path("ordinal").asLong();
        return recut.cut(entry.system(), entry.pull(), bytes, origin(), ordinal, entry.locator());
    }

    Origin origin() {
        JsonNode origin = json();
        return new Origin(
                origin.path("transport").asText(),
                origin.path("object").asText(),
                text(origin, "hash"),
                text(origin, "member"),
                OffsetDateTime.parse(origin.path("at").asText()));
    }

    private JsonNode json() {
        try {
            return JSON.readTree(entry.origin());
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the origin of quarantined piece " + entry.id() + " is not JSON", fault);
        }
    }

    private static @Nullable String text(JsonNode origin, String name) {
        return origin.hasNonNull(name) ? origin.get(name).asText() : null;
    }
}
