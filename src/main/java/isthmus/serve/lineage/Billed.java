package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.lineage.Corrections.Correction;
import isthmus.serve.lineage.Impact.Effect;
import isthmus.serve.lineage.Measured.Period;
import isthmus.serve.lineage.Measured.Use;
import isthmus.serve.lineage.Used.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bill that was published.
 *
 * @param published when the hub first knew it
 * @param changed when the hub knew it as it is
 */
record Billed(String id, Instant published, Instant changed, Period period, JsonNode body) {
    private static final int PRICE_SCALE = 8;

    private static final String BILL = """
            select id, body::text, recorded_from, coalesce((select min(h.recorded_from) from record_history h
                                                            where h.entity = 'bill' and h.id = b.id), recorded_from)
            from record_bill b where entity = 'bill' and not deleted""";

    /** What a kWh costs on a bill. */
    private record Price(BigDecimal money, boolean isOnly) {}

    static List<Billed> one(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BILL + " and id = ?")) {
            select.setString(1, id);
            return read(select);
        }
    }

    /** Whose period covers a day, or begins or ends so many days around it; at most so many of them. */
    static List<Billed> around(Connection connection, List<String> points, LocalDate day, int days, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                BILL + " and billed_points(body) && ? and valid_from <= ? and valid_to >= ? order by id limit ?")) {
            select.setArray(1, connection.createArrayOf("text", points.toArray()));
            select.setObject(2, day.plusDays(days));
            select.setObject(3, day.minusDays(days));
            select.setInt(4, most);
            return read(select);
        }
    }

    private static List<Billed> read(PreparedStatement select) throws SQLException {
        List<Billed> bills = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                JsonNode body = Lineage.json(row.getBytes(2));
                Period period = Period.of(body);
                if (period != null) {
                    bills.add(new Billed(row.getString(1), instant(row, 4), instant(row, 3), period, body));
                }
            }
        }
        return bills;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** What it uses of one block: it, or nothing. */
    Use covering(Sighted block) {
        LocalDate day = block.day();
        boolean isWithin = !day.isBefore(period.from()) && day.isBefore(period.to());
        return new Use(isWithin ? List.of(block.as(Role.INTERVAL)) : List.of(), false);
    }

    Effect effect(Correction correction, Role role) {
        BigDecimal kwh = correction.kwh(role);
        Price price = price();
        BigDecimal money = kwh == null || price == null
                ? null
                : kwh.multiply(price.money()).setScale(2, RoundingMode.HALF_UP);
        return new Effect(
                id,
                published,
                changed.isAfter(correction.recorded()) ? changed : null,
                correction.id(),
                role,
                correction.recorded(),
                correction.valueWas(),
                correction.valueIs(),
                plain(kwh),
                price == null ? null : price.money().toPlainString(),
                price == null ? null : price.isOnly() ? "only" : "mean",
                plain(money));
    }

    private static @Nullable String plain(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    private @Nullable Price price() {
        Set<BigDecimal> prices = new HashSet<>();
        BigDecimal kwh = BigDecimal.ZERO;
        BigDecimal money = BigDecimal.ZERO;
        for (JsonNode line : body.path("lines")) {
            if (line.path("kind").asText().equals("energy")
                    && line.hasNonNull("unitPrice")
                    && line.hasNonNull("quantity")) {
                prices.add(number(line, "unitPrice").stripTrailingZeros());
                kwh = kwh.add(number(line, "quantity"));
                money = money.add(number(line, "amount"));
            }
        }
        if (prices.size() == 1) {
            return new Price(prices.iterator().next(), true);
        }
        return kwh.signum() == 0 ? null : new Price(money.divide(kwh, PRICE_SCALE, RoundingMode.HALF_UP), false);
    }

    private static BigDecimal number(JsonNode line, String name) {
        return new BigDecimal(line.path(name).asText());
    }
}
