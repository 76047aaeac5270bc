package isthmus.serve.views;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.serve.Asked;
import isthmus.serve.PointBlocks;
import isthmus.serve.PointIds;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/servicepoint/{id}/readings}: a service point's values by interval, day or month, and what is missing. */
@Served
final class ReadingsAddress {
    private final Reads reads;
    private final Clock clock;

    ReadingsAddress(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    @Operation(
            summary =
                    "The interval readings of a service point with their quality and gaps, or their sums by day or month.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        required = true,
                        description = "The first local day.",
                        example = "2026-11-01"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "to",
                        required = true,
                        description = "The day behind the last.",
                        example = "2026-11-08"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "as",
                        description = "intervals (at most 400 days), days or months (at most 3,700 days).",
                        example = "days"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "quantity",
                        description = "Only of this quantity, activeEnergy for example."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "flow",
                        description = "Only of this direction, delivered for example."),
                @Parameter(in = ParameterIn.QUERY, name = "series", description = "raw, validated or billing.")
            })
    @GetMapping(path = "/api/v1/servicepoint/{id}/readings", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] readings(@PathVariable String id, HttpServletRequest request) {
        Asked asked = Asked.of(request);
        LocalDate from = asked.day("from");
        LocalDate to = asked.day("to");
        Steps steps = Steps.of(asked.text("as"));
        long days = ChronoUnit.DAYS.between(from, to);
        if (days < 1 || days > steps.mostDays) {
            throw Refused.parameter(
                    "to",
                    "a day after from, not included itself; at most " + steps.mostDays + " days of " + steps.word()
                            + ", for more of them there are the exports");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw Refused.unknown("no such servicepoint");
        }
        Readings readings = reads.together(connection -> {
            Readings found = new Readings(id, zone(connection, id), from, to, steps);
            PointBlocks.show(connection, PointIds.of(connection, List.of(id)), from, to, (body, recorded) -> {
                Block block = Block.of(body);
                boolean isWanted = isWanted(block, asked);
                if (isWanted) {
                    found.add(block, body);
                }
                return isWanted;
            });
            return found;
        });
        return readings.json(clock.instant());
    }

    private static ZoneId zone(Connection connection, String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select deleted, body ->> 'timeZone' from record_servicepoint"
                        + " where entity = 'servicepoint' and id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw Refused.unknown("no such servicepoint");
                }
                if (row.getBoolean(1)) {
                    throw Refused.deleted("the servicepoint is deleted at its source");
                }
                return ZoneId.of(row.getString(2));
            }
        }
    }

    private static boolean isWanted(Block block, Asked asked) {
        return is(asked.text("quantity"), block.readingType().quantity())
                && is(asked.text("flow"), block.readingType().flow())
                && is(asked.text("series"), block.series());
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }
}
