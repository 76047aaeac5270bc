package isthmus.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was decided last about two records.
 *
 * @param left the id of one record
 * @param right the id of the other
 * @param rule the code of the one that decided
 * @param reason why it is not simply a link; null when it is
 * @param evidence what spoke for it, and against, in sentences without personal data
 * @param by {@code rules}, or {@code user:} and the account of a person
 * @param night in which it was decided; null when by a person
 */
public record Link(
        String left,
        String right,
        String rule,
        State state,
        @Nullable String reason,
        List<String> evidence,
        String version,
        String by,
        @Nullable Long night,
        OffsetDateTime at) {

    /** What a pair is. */
    public enum State {
        /** The records are one. */
        LINKED,
        /** A rule says so, and a person has to look. */
        REVIEW,
        /** A rule says so, and something speaks against it. */
        VETOED,
        /** No rule says so any more. */
        ENDED;

        /** As it is written and printed. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
