package isthmus.normalize;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A legacy row by column name, for tests: starts from a good one and is changed column by column. */
final class Row {
    static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-23T00:15:00+08:00");

    final String system;
    final String pull;
    final Map<String, @Nullable String> values = new HashMap<>();
    final Map<String, List<Map<String, @Nullable String>>> children = new HashMap<>();
    long ordinal = 1;
    OffsetDateTime at = AT;

    Row(String system, String pull) {
        this.system = system;
        this.pull = pull;
    }

    Row with(String column, @Nullable String value) {
        values.put(column, value);
        return this;
    }

    Row child(String table, @Nullable String... namesAndValues) {
        Map<String, @Nullable String> line = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            line.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        children.computeIfAbsent(table, key -> new ArrayList<>()).add(line);
        return this;
    }

    Piece piece(Layout layout) {
        List<List<@Nullable String[]>> tables = new ArrayList<>();
        for (String name : layout.childNames()) {
            Layout child = layout.child(name);
            List<@Nullable String[]> lines = new ArrayList<>();
            for (Map<String, @Nullable String> line : children.getOrDefault(name, List.of())) {
                lines.add(array(line, child == null ? layout : child));
            }
            tables.add(lines);
        }
        return new Piece(array(values, layout), tables, ordinal, "test", () -> new byte[0], null);
    }

    private static @Nullable String[] array(Map<String, @Nullable String> values, Layout layout) {
        @Nullable String[] row = new String[layout.columns().size()];
        values.forEach((column, value) -> {
            if (layout.indexOf(column) < 0) {
                throw new IllegalArgumentException("no column " + column);
            }
            row[layout.indexOf(column)] = value;
        });
        return row;
    }

    Chunk chunk(Pull pull) {
        Layout layout = pull.layout();
        Origin origin = new Origin("file", "test", null, null, at);
        return new Chunk(system, this.pull, pull.entities(), 1, layout, List.of(piece(layout)), origin, null, null);
    }

    Outcome say(Normalizer normalizer, String entity, Pull pull) {
        return Objects.requireNonNull(
                        normalizer.normalize(chunk(pull)).outcomes().get(entity))
                .get(0);
    }

    Outcome say(Normalizer normalizer, String entity) {
        return say(normalizer, entity, Islands.pull(this.pull));
    }

    /** The fact, or a failure that names the refusal. */
    Fact fact(Normalizer normalizer, String entity) {
        return fact(say(normalizer, entity));
    }

    static Fact fact(Outcome outcome) {
        return outcome.fold(Outcome.Accepted::fact, rejected -> {
            throw new AssertionError(rejected.toString());
        });
    }

    /** The reason and field of the refusal, or the body where there is none. */
    String refusal(Normalizer normalizer, String entity) {
        return say(normalizer, entity)
                .fold(
                        accepted -> new String(accepted.fact().body(), java.nio.charset.StandardCharsets.UTF_8),
                        rejected -> rejected.reason().code() + " " + rejected.field());
    }
}
