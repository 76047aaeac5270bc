package isthmus.serve.lineage;

import isthmus.serve.lineage.Used.Role;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A stored reading or block, as it is looked at before anybody knows what it is to a bill.
 *
 * @param seen the instant of the dial as the clock on the wall said it, or the day
 * @param value what the dial of the total showed, or the day's energy
 * @param multiplier of a reading
 */
record Sighted(
        String id,
        boolean isBlock,
        String point,
        @Nullable String meter,
        String seen,
        @Nullable String value,
        @Nullable String multiplier,
        boolean isEstimated,
        @Nullable Came came) {
    static final String READING = "registerreading";
    static final String BLOCK = "intervalblock";

    /** A body is read through once, and none of its values by time leaves the store. */
    private static final String BLOCK_OPENED = """
            cross join lateral json_to_record(v.body)
                as b ("servicePoint" text, meter text, "localDate" text, sum text)""";

    private static final String READING_OPENED = """
            cross join lateral json_to_record(v.body)
                as b ("servicePoint" text, meter text, "readAt" text, multiplier text, source text, registers json)
            left join lateral (
                select e ->> 'value' as value, e ->> 'quality' as quality
                from json_array_elements(case json_typeof(b.registers) when 'array' then b.registers end) e
                where e ->> 'code' = 'total' and e ->> 'flow' = 'delivered' limit 1) t on true""";

    /** To be read off {@code v}, which has an id and a body, with what {@link #joined} says. */
    static String columns(String entity) {
        return entity.equals(BLOCK)
                ? "v.id, true as is_block, b.\"servicePoint\" as point, b.meter, b.\"localDate\" as seen,"
                        + " b.sum as value, null as multiplier, false as estimated"
                : "v.id, false as is_block, b.\"servicePoint\" as point, b.meter, b.\"readAt\" as seen, t.value,"
                        + " b.multiplier, b.source = 'estimate' or t.quality = 'estimated' as estimated";
    }

    static String joined(String entity) {
        return entity.equals(BLOCK) ? BLOCK_OPENED : READING_OPENED;
    }

    static Sighted of(ResultSet row, @Nullable Came came) throws SQLException {
        return new Sighted(
                row.getString("id"),
                row.getBoolean("is_block"),
                row.getString("point"),
                row.getString("meter"),
                row.getString("seen"),
                row.getString("value"),
                row.getString("multiplier"),
                row.getBoolean("estimated"),
                came);
    }

    LocalDate day() {
        return LocalDate.parse(seen.substring(0, "yyyy-MM-dd".length()));
    }

    /** As the clock on the wall said it, which is what a bill's dates mean. */
    LocalDateTime local() {
        return OffsetDateTime.parse(seen).toLocalDateTime();
    }

    /** In kWh: a dial's value times its multiplier. */
    @Nullable
    BigDecimal energy() {
        if (value == null) {
            return null;
        }
        BigDecimal shown = new BigDecimal(value);
        return multiplier == null ? shown : shown.multiply(new BigDecimal(multiplier));
    }

    Used as(Role role) {
        return new Used(role, id, meter, seen, value, multiplier, isEstimated ? "estimated" : null, came);
    }
}
