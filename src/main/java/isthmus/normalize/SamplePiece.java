package isthmus.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The piece that a sample holds: {@code pull}, {@code at}, {@code ordinal}, {@code values} and {@code children}. */
final class SamplePiece {

    private SamplePiece() {}

    /** Throws {@link IllegalArgumentException} for a column that the pull does not have. */
    static Chunk chunk(LegacySystem system, Pull pull, JsonNode sample) {
        Layout layout = pull.layout();
        List<List<@Nullable String[]>> children = new ArrayList<>();
        for (String name : layout.childNames()) {
            List<@Nullable String[]> rows = new ArrayList<>();
            Layout child = layout.child(name);
            if (child != null) {
                sample.path("children").path(name).forEach(row -> rows.add(row(row, child)));
            }
            children.add(rows);
        }
        Piece piece = new Piece(
                row(sample.path("values"), layout),
                children,
                sample.path("ordinal").asLong(1),
                "sample",
                () -> new byte[0],
                null);
        Origin origin = new Origin(
                "file",
                "sample",
                null,
                null,
                OffsetDateTime.parse(sample.path("at").asText()));
        return new Chunk(system.name(), pull.name(), pull.entities(), 1, layout, List.of(piece), origin, null, null);
    }

    private static @Nullable String[] row(JsonNode values, Layout layout) {
        @Nullable String[] row = new String[layout.columns().size()];
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            int at = layout.indexOf(value.getKey());
            if (at < 0) {
                throw new IllegalArgumentException("unknown column " + value.getKey());
            }
            row[at] = value.getValue().isNull() ? null : value.getValue().asText();
        }
        return row;
    }
}
