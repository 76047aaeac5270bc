package isthmus.source;

import isthmus.model.Reason;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Says a value of a JDBC driver as the text that the legacy system shows: never an exponent, never another zone. */
final class Cells {
    private Cells() {}

    static @Nullable String text(@Nullable Object value, String column) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return value.toString();
        }
        if (value instanceof Timestamp timestamp) {
            return Watermark.format(timestamp.toLocalDateTime());
        }
        if (value instanceof LocalDateTime time) {
            return Watermark.format(time);
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).toPlainString();
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toString();
        }
        if (value instanceof Time time) {
            return time.toLocalTime().toString();
        }
        if (value instanceof java.math.BigInteger
                || value instanceof Boolean
                || value instanceof OffsetDateTime
                || value instanceof java.time.LocalDate
                || value instanceof java.time.LocalTime
                || value instanceof Character) {
            return value.toString();
        }
        throw new ContractBroken(
                Reason.CONFIG,
                "column " + column + " comes as " + value.getClass().getSimpleName()
                        + ": cast it to text in the query");
    }
}
