package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.lineage.Used.Role;
import isthmus.serve.lineage.Used.Sighted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bill's period was measured by, found as the check X-KWH of the night finds it: of each meter the reading nearest to
 * where the period begins, the one nearest to where it ends, and the blocks of its days.
 */
final class Measured {
    /** As far as X-KWH looks before and behind a period. */
    static final int GRACE_DAYS = 10;

    /** Of two readings of one day an actual one is nearer than an estimate. */
    private static final Duration ESTIMATED_IS_FURTHER = Duration.ofSeconds(80_000);

    /** More than a year of quarter-hour meters at ten meters; a bill that needs more is told so far. */
    private static final int MOST = 5_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Set<String> silos;

    /** @param silos whose readings count, whichever of them the bill is of */
    Measured(Connection connection, Set<String> silos) {
        this.connection = connection;
        this.silos = silos;
    }

    /** A bill's period and its service points, in the silo of the bill. */
    record Period(LocalDate from, LocalDate to, List<String> points) {
        static @Nullable Period of(JsonNode bill) {
            if (!bill.at("/period/start").isTextual() || !bill.at("/period/end").isTextual()) {
                return null;
            }
            List<String> points = new ArrayList<>();
            bill.path("servicePoints").forEach(point -> points.add(point.asText()));
            return new Period(
                    LocalDate.parse(bill.at("/period/start").asText()),
                    LocalDate.parse(bill.at("/period/end").asText()),
                    points);
        }
    }

    /** Openings and closings first, by meter, then the blocks by day. */
    List<Used> of(Period period) throws SQLException {
        List<String> points = Points.inEach(silos, period.points());
        List<Used> used = new ArrayList<>(edges(period));
        blocks(points, period.from(), period.to()).forEach(block -> used.add(block.as(Role.INTERVAL)));
        return used;
    }

    /** Openings and closings alone. */
    List<Used> edges(Period period) throws SQLException {
        Map<String, List<Sighted>> meters = new LinkedHashMap<>();
        readings(Points.inEach(silos, period.points()), period).stream()
                .filter(reading -> reading.total().has("value"))
                .forEach(reading -> meters.computeIfAbsent(reading.meter(), meter -> new ArrayList<>())
                        .add(reading));
        List<Used> edges = new ArrayList<>();
        meters.values().forEach(all -> {
            Sighted first = nearest(all, period.from().atStartOfDay());
            Sighted last = nearest(all, period.to().atStartOfDay());
            if (first.local().isBefore(last.local())) {
                edges.add(first.as(Role.OPENING));
                edges.add(last.as(Role.CLOSING));
            }
        });
        return edges;
    }

    private static Sighted nearest(List<Sighted> readings, LocalDateTime edge) {
        return readings.stream()
                .min(Comparator.comparing((Sighted one) -> distance(one, edge)).thenComparing(Sighted::local))
                .orElseThrow();
    }

    private static Duration distance(Sighted reading, LocalDateTime edge) {
        Duration distance = Duration.between(reading.local(), edge).abs();
        return reading.isEstimated() ? distance.plus(ESTIMATED_IS_FURTHER) : distance;
    }

    private List<Sighted> readings(List<String> points, Period period) throws SQLException {
        return sighted(
                """
                select id, chunk, ordinal, body from record_registerreading
                where entity = 'registerreading' and not deleted and partitionkey = any(?)
                  and left(body ->> 'readAt', 10) between ? and ?
                order by id limit ?""",
                points,
                period.from().minusDays(GRACE_DAYS).toString(),
                period.to().plusDays(GRACE_DAYS).toString());
    }

    private List<Sighted> blocks(List<String> points, LocalDate from, LocalDate to) throws SQLException {
        return sighted("""
                select id, chunk, ordinal, body from record_intervalblock
                where entity = 'intervalblock' and not deleted and partitionkey = any(?)
                  and valid_from >= ? and valid_from < ?
                order by partitionkey, valid_from, id limit ?""", points, from, to);
    }

    private List<Sighted> sighted(String found, List<String> points, Object from, Object to) throws SQLException {
        List<Sighted> all = new ArrayList<>();
        String sql = "select v.id, v.body::text as body, " + Came.COLUMNS + " from (" + found + ") v" + Came.JOINED;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", points.toArray()));
            select.setObject(2, from);
            select.setObject(3, to);
            select.setInt(4, MOST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new Sighted(row.getString("id"), json(row.getBytes("body")), Came.of(row)));
                }
            }
        }
        all.sort(Comparator.comparing(Sighted::day).thenComparing(Sighted::id));
        return all;
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException fault) {
            throw new UncheckedIOException("a stored record is not JSON", fault);
        }
    }
}
