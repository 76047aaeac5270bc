package isthmus.serve.contracts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import isthmus.feed.Days.Day;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /api/v1/days}: how complete the local days of a system are, and which meters a day is short of. */
@Served
final class DayAddress {
    private static final ObjectMapper JSON = new ObjectMapper();
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
            summary = "How complete the local days of a system are, at most 400 of them; the newest finding of each.")
    @GetMapping(path = "/api/v1/days", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode days(
            @Parameter(example = "cis") @RequestParam String system,
            @Parameter(description = "The first day; the beginning when there is none.", example = "2026-11-01")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "The day after the last; none for no end.", example = "2026-12-01")
                    @RequestParam(required = false)
                    @Nullable
                    String to) {
        LocalDate first = from == null ? LocalDate.EPOCH : date("from", from);
        LocalDate end = to == null ? LocalDate.of(9999, 1, 1) : date("to", to);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode days = answer.putArray("days");
        reads.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(DAYS)) {
                select.setString(1, system);
                select.setObject(2, first);
                select.setObject(3, end);
                select.setInt(4, MOST_DAYS);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        days.add(day(row).json());
                    }
                }
            }
            return days;
        });
        return answer;
    }

    @Operation(summary = "The meters that were installed on a day and lack a value of it, by id, a page at a time.")
    @GetMapping(path = "/api/v1/days/{system}/{day}/missing", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode missing(
            @PathVariable String system,
            @PathVariable String day,
            @Parameter(description = "The last meter of the page before.") @RequestParam(required = false) @Nullable
                    String after,
            @RequestParam(defaultValue = "100") int limit) {
        LocalDate of = date("day", day);
        if (limit < 1) {
            throw Refused.parameter("limit", "must be 1 or more");
        }
        int page = Math.min(limit, LARGEST_PAGE);
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

    private static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refused.parameter(field, "must be a day, 2026-11-21");
        }
    }
}
