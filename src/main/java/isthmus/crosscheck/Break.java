package isthmus.crosscheck;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something the systems do not agree about, as a piece of work.
 *
 * @param code of the check; with the subject its lasting key
 * @param kwh energy at stake
 * @param opened when it was opened last
 * @param reason why it is acknowledged or suppressed
 * @param until the last day on which it is suppressed
 * @param evidence the figures of the night that saw it last
 */
public record Break(
        long id,
        String code,
        String subject,
        String cause,
        String owner,
        String severity,
        State state,
        @Nullable BigDecimal kwh,
        @Nullable BigDecimal money,
        OffsetDateTime firstSeen,
        OffsetDateTime opened,
        OffsetDateTime lastSeen,
        @Nullable OffsetDateTime resolved,
        @Nullable String reason,
        @Nullable LocalDate until,
        @Nullable String saidBy,
        Map<String, String> evidence) {

    /** Where the work stands. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        SUPPRESSED,
        RESOLVED;

        /** As it is written, {@code open}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The state that is written so. */
        public static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** {@code X-KWH/MP0000000001/2026-10}. */
    public String key() {
        return code + "/" + subject;
    }
}
