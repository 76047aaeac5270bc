package isthmus.serve.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** The interval blocks of a point of supply, under whatever id each system knows the point. */
@Component
@ConditionalOnWebApplication
final class PointReadings {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The better later, and what a bill was made from best: a day that was validated is not told raw as well. */
    private static final List<String> SERIES = List.of("raw", "validated");

    private final Reads reads;

    PointReadings(Reads reads) {
        this.reads = reads;
    }

    /** @param recorded when the hub learned of it */
    record Block(JsonNode body, Instant recorded) {
        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    /**
     * What there is.
     *
     * @param zone of the place
     * @param updated when the newest part of it was recorded
     */
    record Found(String zone, Instant updated, List<Block> blocks) {}

    /** The blocks of the days from the first until before the end, each day of a channel once. */
    Found of(String id, LocalDate first, LocalDate end) {
        return reads.together(connection -> {
            List<Block> points = points(connection, id);
            Set<String> ids = new LinkedHashSet<>(List.of(id));
            points.forEach(point -> ids.add(point.text("/id")));
            List<Block> blocks = blocks(connection, ids, first, end);
            Block one = points.isEmpty() ? blocks.stream().findFirst().orElse(null) : points.get(0);
            if (one == null) {
                throw Refused.unknown("no such servicepoint, and no readings of it in these days");
            }
            Instant updated = blocks.stream().map(Block::recorded).reduce(one.recorded(), PointReadings::later);
            return new Found(one.text("/timeZone"), updated, best(blocks));
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<Block> points(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select other.body, other.recorded_from
                from record_servicepoint one
                join record_servicepoint other on other.body ->> 'servicePointNo' = one.body ->> 'servicePointNo'
                where one.entity = 'servicepoint' and one.id = ? and not one.deleted and not other.deleted
                order by other.id""")) {
            select.setString(1, id);
            return read(select);
        }
    }

    private static List<Block> blocks(Connection connection, Set<String> ids, LocalDate first, LocalDate end)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select body, recorded_from from record_intervalblock
                where partitionkey = any (?) and valid_from >= ? and valid_from < ? and not deleted
                order by valid_from, id""")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            select.setObject(2, first);
            select.setObject(3, end);
            return read(select);
        }
    }

    private static List<Block> read(PreparedStatement select) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                blocks.add(new Block(
                        JSON.readTree(row.getBytes(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant()));
            }
            return blocks;
        } catch (IOException fault) {
            throw new UncheckedIOException("a record in the store is no JSON", fault);
        }
    }

    private static List<Block> best(List<Block> blocks) {
        Map<String, Block> best = new LinkedHashMap<>();
        for (Block block : blocks) {
            String day = block.text("/meter") + " " + block.text("/readingType/quantity") + " "
                    + block.text("/readingType/flow") + " " + block.text("/intervalLength") + " "
                    + block.text("/localDate");
            best.merge(day, block, (one, other) -> rank(one) >= rank(other) ? one : other);
        }
        return List.copyOf(best.values());
    }

    private static int rank(Block block) {
        int known = SERIES.indexOf(block.text("/series"));
        return known < 0 ? SERIES.size() : known;
    }
}
