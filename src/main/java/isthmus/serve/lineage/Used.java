package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
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

    /** A stored reading or block, as it is looked at before anybody knows what it is to a bill. */
    record Sighted(String id, JsonNode body, @Nullable Came came) {

        boolean isBlock() {
            return body.has("localDate");
        }

        LocalDate day() {
            return LocalDate.parse(isBlock() ? body.path("localDate").asText() : readAt().substring(0, 10));
        }

        /** As the clock on the wall said it, which is what a bill's dates mean. */
        LocalDateTime local() {
            return OffsetDateTime.parse(readAt()).toLocalDateTime();
        }

        private String readAt() {
            return body.path("readAt").asText();
        }

        boolean isEstimated() {
            return body.path("source").asText().equals("estimate")
                    || total().path("quality").asText().equals("estimated");
        }

        /** What the dial of the total showed, or the day's energy. */
        @Nullable
        String value() {
            return isBlock()
                    ? body.path("sum").textValue()
                    : total().path("value").textValue();
        }

        /** In kWh: a dial's value times its multiplier. */
        @Nullable
        BigDecimal energy() {
            String value = value();
            if (value == null) {
                return null;
            }
            String factor = body.path("multiplier").textValue();
            BigDecimal shown = new BigDecimal(value);
            return isBlock() || factor == null ? shown : shown.multiply(new BigDecimal(factor));
        }

        String point() {
            return body.path("servicePoint").asText();
        }

        String meter() {
            return body.path("meter").asText();
        }

        JsonNode total() {
            for (JsonNode register : body.path("registers")) {
                if (register.path("code").asText().equals("total")
                        && register.path("flow").asText().equals("delivered")) {
                    return register;
                }
            }
            return body.path("none");
        }

        Used as(Role role) {
            return new Used(
                    role,
                    id,
                    body.path("meter").textValue(),
                    isBlock() ? body.path("localDate").asText() : readAt(),
                    isBlock()
                            ? body.path("sum").textValue()
                            : total().path("value").textValue(),
                    body.path("multiplier").textValue(),
                    !isBlock() && isEstimated() ? "estimated" : null,
                    came);
        }
    }
}
