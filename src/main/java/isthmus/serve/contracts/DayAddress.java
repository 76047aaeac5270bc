package isthmus.serve.contracts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.feed.Days.Day;
import isthmus.serve.Asked;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /api/v1/days}: how complete the local days of a system are, and which meters a day is short of. */
@Served
final class DayAddress {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int MOST_DAYS = 400;
    private static final String DAYS = """
            select distinct on (day) system, day, zone, revision, expected, complete, judged from business_day
            where system = ? and day >= ? and day < ? order by day, revision desc limit ?""";

    private final Reads reads;

    DayAddress(Reads reads) {
        this.reads = reads;
    }

    @Operation(
            summary = "How complete the local days of a system are, at most 400 of them; the newest finding of each.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "system", required = true),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description =
                                "The first day; the beginning when there is none, and the next of the answer before."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "to",
                        description = "The day after the last; none for no end.")
            })
    @GetMapping(path = "/api/v1/days", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode days(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        String system = asked.text("system");
        if (system == null) {
            throw Refused.parameter("system", "must be said: the name of a system");
        }
        LocalDate first = Objects.requireNonNullElse(asked.date("from"), LocalDate.EPOCH);
        LocalDate end = Objects.requireNonNullElse(asked.date("to"), LocalDate.of(9999, 1, 1));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode days = answer.putArray("days");
        reads.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(DAYS)) {
                select.setString(1, system);
                select.setObject(2, first);
                select.setObject(3, end);
                select.setInt(4, MOST_DAYS + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (days.size() < MOST_DAYS && row.next()) {
                        days.add(day(row).json());
                    }
                    if (row.next()) {
                        answer.put("next", row.getString("day"));
                    }
                }
            }
            return days;
        });
        return answer;
    }

    @Operation(
            summary = "The meters that were installed on a day and lack a value of it, by id, a page at a time.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(path = "/api/v1/days/{system}/{day}/missing", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode missing(@PathVariable String system, @PathVariable String day, HttpServletRequest request) {
        Asked asked = Asked.of(request);
        LocalDate of = Asked.date("day", day);
        int page = asked.limit(USUAL_PAGE, LARGEST_PAGE).rows();
        String after = asked.text("after");
        ObjectNode answer = JSON.createObjectNode().put("limit", page);
        ArrayNode meters = answer.putArray("meters");
        reads.together(connection -> {
            ZoneId zone = zone(connection, system, of);
            try (PreparedStatement select = connection.prepareStatement("select meter from day_meters(?, ?, ?)"
                    + " where not complete and meter > ? collate \"C\" order by meter collate \"C\" limit ?")) {
                select.setString(1, system);
                select.setObject(2, of);
                select.setString(3, zone.getId());
                select.setString(4, after == null ? "" : after);
                select.setInt(5, page + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (meters.size() < page && row.next()) {
                        meters.add(row.getString(1));
                    }
                    if (row.next()) {
                        answer.set("next", meters.get(page - 1));
                    }
                }
            }
            return meters;
        });
        return answer;
    }

    private static ZoneId zone(Connection connection, String system, LocalDate day) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select zone from business_day where system = ? and day = ? order by revision desc limit 1")) {
            select.setString(1, system);
            select.setObject(2, day);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw Refused.unknown("nothing is known of this day of this system; /api/v1/days lists them");
                }
                return ZoneId.of(row.getString(1));
            }
        }
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                ZoneId.of(row.getString(3)),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                row.getTimestamp(7).toInstant());
    }
}
