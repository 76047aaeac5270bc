package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A reading that opens or closes the period of a bill, or a block of a day in it.
 *
 * @param when the instant of the dial, or the day
 * @param value what the dial of the total showed, or the day's energy
 * @param multiplier of a reading
 * @param quality {@code estimated} for an estimated reading
 * @param came null when the ledger does not reach back so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Used(
        Role role,
        String id,
        @Nullable String meter,
        String when,
        @Nullable String value,
        @Nullable String multiplier,
        @Nullable String quality,
        @Nullable Came came) {

    /** What it is to the bill. */
    public enum Role {
        OPENING,
        CLOSING,
        INTERVAL
    }
}
