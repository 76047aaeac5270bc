package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.PointBlocks;
import isthmus.serve.PointIds;
import isthmus.serve.lineage.Used.Role;
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
import org.jspecify.annotations.Nullable;

/**
 * What a bill's period was measured by, found as the check X-KWH of the night finds it: of each meter the reading nearest to
 * where the period begins, the one nearest to where it ends, and the blocks of its days.
 */
final class Measured {
    /** More than a year of ten meters' days; a bill that needs more is told so far. */
    private static final int MOST = 5_000;

    private static final String READINGS = """
            from record_registerreading where entity = 'registerreading' and not deleted
              and partitionkey = any(?) and left(body ->> 'readAt', 10) between ? and ?""";

    private final Connection connection;
    private final Reach reach;

    Measured(Connection connection, Reach reach) {
        this.connection = connection;
        this.reach = reach;
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

    /**
     * What a period uses.
     *
     * @param more true when the hub has more of it than was looked at
     */
    record Use(List<Used> all, boolean more) {}

    private record Seen(List<Sighted> all, boolean more) {}

    /** How far from a period a reading may be that opens or closes it. */
    int graceDays() {
        return reach.graceDays();
    }

    /** Openings and closings first, by meter, then the blocks by day. */
    Use of(Period period) throws SQLException {
        List<String> points = PointIds.of(connection, period.points());
        Use edges = edges(points, period);
        Seen blocks = seen(
                Sighted.BLOCK,
                PointBlocks.OF_DAYS + " order by partitionkey, valid_from, id",
                points,
                period.from(),
                period.to());
        List<Used> used = new ArrayList<>(edges.all());
        blocks.all().forEach(block -> used.add(block.as(Role.INTERVAL)));
        return new Use(used, edges.more() || blocks.more());
    }

    /** Openings and closings alone. */
    Use edges(Period period) throws SQLException {
        return edges(PointIds.of(connection, period.points()), period);
    }

    private Use edges(List<String> points, Period period) throws SQLException {
        Seen readings = seen(
                Sighted.READING,
                READINGS + " order by id",
                points,
                period.from().minusDays(reach.graceDays()).toString(),
                period.to().plusDays(reach.graceDays()).toString());
        Map<String, List<Sighted>> meters = new LinkedHashMap<>();
        readings.all().stream()
                .filter(reading -> reading.value() != null)
                .forEach(reading -> meters.computeIfAbsent(String.valueOf(reading.meter()), meter -> new ArrayList<>())
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
        return new Use(edges, readings.more());
    }

    private Sighted nearest(List<Sighted> readings, LocalDateTime edge) {
        return readings.stream()
                .min(Comparator.comparing((Sighted one) -> distance(one, edge)).thenComparing(Sighted::local))
                .orElseThrow();
    }

    private Duration distance(Sighted reading, LocalDateTime edge) {
        Duration distance = Duration.between(reading.local(), edge).abs();
        return reading.isEstimated() ? distance.plus(reach.estimatedIsFurther()) : distance;
    }

    private Seen seen(String entity, String found, List<String> points, Object from, Object to) throws SQLException {
        List<Sighted> all = new ArrayList<>();
        String sql = "select " + Sighted.columns(entity) + ", " + Came.COLUMNS
                + " from (select id, chunk, ordinal, body " + found + " limit ?) v " + Sighted.joined(entity)
                + Came.JOINED;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", points.toArray()));
            select.setObject(2, from);
            select.setObject(3, to);
            select.setInt(4, MOST + 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(Sighted.of(row, Came.of(row)));
                }
            }
        }
        all.sort(Comparator.comparing(Sighted::day).thenComparing(Sighted::id));
        boolean more = all.size() > MOST;
        return new Seen(more ? all.subList(0, MOST) : all, more);
    }
}
