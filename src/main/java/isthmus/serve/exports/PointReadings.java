package isthmus.serve.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.PointBlocks;
import isthmus.serve.PointIds;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /**
     * A block as its bytes: a year of blocks, all open at once, is many times as large.
     *
     * @param recorded when the hub learned of it
     */
    record Stored(byte[] body, Instant recorded) {
        Block open() {
            try {
                return new Block(JSON.readTree(body), recorded);
            } catch (IOException fault) {
                throw new UncheckedIOException("a record in the store is no JSON", fault);
            }
        }
    }

    /** @param recorded when the hub learned of it */
    record Block(JsonNode body, Instant recorded) {
        String text(String pointer) {
            return body.at(pointer).asText();
        }

        /** A day of what one meter measures, whichever series, unit and scale tell it. */
        String day() {
            return String.join(
                    " ",
                    text("/meter"),
                    text("/readingType/quantity"),
                    text("/readingType/flow"),
                    text("/readingType/accumulation"),
                    text("/intervalLength"),
                    text("/localDate"));
        }

        int rank() {
            int known = SERIES.indexOf(text("/series"));
            return known < 0 ? SERIES.size() : known;
        }
    }

    /**
     * What there is.
     *
     * @param zone of the place
     * @param updated when the newest part of it was recorded
     */
    record Found(String zone, Instant updated, List<Stored> blocks) {}

    private record Place(String zone, Instant recorded) {}

    private record Ranked(String day, int rank, Stored block) {}

    /** The blocks of the days from the first until before the end, of each day of a channel the best series. */
    Found of(String id, LocalDate first, LocalDate end) {
        return reads.together(connection -> {
            List<String> ids = PointIds.of(connection, List.of(id));
            Place place = place(connection, id, ids);
            List<Ranked> ranked = new ArrayList<>();
            PointBlocks.show(connection, ids, first, end, (body, recorded) -> {
                Stored stored = new Stored(body, recorded);
                Block block = stored.open();
                return ranked.add(new Ranked(block.day(), block.rank(), stored));
            });
            if (place == null && ranked.isEmpty()) {
                throw Refused.unknown("no such servicepoint, and no readings of it in these days");
            }
            Place at = place == null ? place(ranked.get(0).block()) : place;
            Instant updated =
                    ranked.stream().map(one -> one.block().recorded()).reduce(at.recorded(), PointReadings::later);
            return new Found(at.zone(), updated, best(ranked));
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** As its own record says; where its system tells none, as another's does. */
    private static @Nullable Place place(Connection connection, String id, List<String> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select deleted, body ->> 'timeZone', recorded_from from record_servicepoint
                where entity = 'servicepoint' and id = any(?) and (id = ? or not deleted)
                order by id <> ?, id limit 1""")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            select.setString(2, id);
            select.setString(3, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                if (row.getBoolean(1)) {
                    throw Refused.deleted("the servicepoint is deleted at its source");
                }
                return new Place(
                        row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant());
            }
        }
    }

    private static Place place(Stored block) {
        return new Place(block.open().text("/timeZone"), block.recorded());
    }

    private static List<Stored> best(List<Ranked> blocks) {
        Map<String, Integer> best = new HashMap<>();
        blocks.forEach(block -> best.merge(block.day(), block.rank(), Math::max));
        return blocks.stream()
                .filter(block -> best.getOrDefault(block.day(), block.rank()) == block.rank())
                .map(Ranked::block)
                .toList();
    }
}
