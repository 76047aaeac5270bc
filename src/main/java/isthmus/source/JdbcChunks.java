package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Position;
import isthmus.model.Reason;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of a query into chunks as they stream in. Neighbouring rows with one key are one piece with child rows; a
 * child's columns are those whose label begins with the child's name and a point.
 */
public final class JdbcChunks implements Iterator<Chunk> {
    private final Extraction extraction;
    private final Iterator<Map<String, Object>> rows;
    private final Layout layout;
    private final Labels labels;
    private final List<Labels> children;
    private final int[] key;
    private final int time;
    private final @Nullable Watermark watermark;
    private final Origin origin;
    private @Nullable Map<String, Object> ahead;
    private boolean contractHolds;
    private long ordinal;

    public JdbcChunks(Extraction extraction, Iterator<Map<String, Object>> rows, Optional<Position> from) {
        this.extraction = extraction;
        this.rows = rows;
        Pull pull = extraction.pull();
        layout = pull.layout();
        labels = new Labels(layout, "");
        children = layout.childNames().stream()
                .map(child -> new Labels(Objects.requireNonNull(layout.child(child)), child + "."))
                .toList();
        key = pull.key().stream().mapToInt(layout::indexOf).toArray();
        Pull.Cursor cursor = pull.cursor();
        time = cursor == null ? -1 : layout.indexOf(cursor.time());
        watermark = cursor == null ? null : watermark(extraction, from);
        origin = new Origin("jdbc", pull.name() + ".sql", null, null, extraction.start());
    }

    /** What the query's {@code :?from} is bound to: the watermark less the overlap, in the source's own zone. */
    public static String from(Extraction extraction, Optional<Position> last) {
        Pull.Cursor cursor = extraction.pull().cursor();
        return cursor == null
                ? Pull.BEGINNING
                : watermark(extraction, last)
                        .from(cursor.overlap())
                        .map(Watermark::format)
                        .orElse(Pull.BEGINNING);
    }

    private static Watermark watermark(Extraction extraction, Optional<Position> last) {
        LocalDateTime latest = extraction.start().toLocalDateTime().plusDays(1);
        return new Watermark(last, extraction.system().zone(), latest);
    }

    @Override
    public boolean hasNext() {
        return ahead != null || rows.hasNext();
    }

    @Override
    public Chunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Page page = new Page(layout);
        List<Piece> pieces = new ArrayList<>();
        int most = extraction.maxPieces();
        while (pieces.size() < most && page.size() < Extraction.MAX_BYTES && hasNext()) {
            pieces.add(piece(page));
        }
        byte[] raw = page.close();
        return extraction.chunk(layout, pieces, origin, raw, after());
    }

    private @Nullable Position after() {
        String value = watermark == null ? null : watermark.value();
        return value == null ? null : extraction.position(value);
    }

    private Piece piece(Page page) {
        Map<String, Object> row = take();
        @Nullable String[] values = labels.values(row);
        List<List<@Nullable String[]>> childRows = new ArrayList<>(children.size());
        children.forEach(child -> childRows.add(new ArrayList<>()));
        addChildren(row, childRows);
        if (!children.isEmpty()) {
            while (rows.hasNext()) {
                row = rows.next();
                if (!hasKeyOf(values, row)) {
                    ahead = row;
                    break;
                }
                addChildren(row, childRows);
            }
        }
        ordinal++;
        List<String> keyParts = keyParts(values);
        if (watermark != null) {
            watermark.see(values[time], keyParts);
        }
        return new Piece(values, childRows, ordinal, String.join("/", keyParts), page.add(values, childRows), null);
    }

    private Map<String, Object> take() {
        Map<String, Object> row = ahead == null ? rows.next() : ahead;
        ahead = null;
        if (!contractHolds) {
            checkContract(row);
            contractHolds = true;
        }
        return row;
    }

    private void checkContract(Map<String, Object> row) {
        List<String> missing = new ArrayList<>(labels.names);
        children.forEach(child -> missing.addAll(child.names));
        missing.removeAll(row.keySet());
        if (!missing.isEmpty()) {
            throw new ContractBroken(Reason.CONFIG, origin.object() + " gives no column " + String.join(", ", missing));
        }
    }

    private void addChildren(Map<String, Object> row, List<List<@Nullable String[]>> childRows) {
        for (int i = 0; i < children.size(); i++) {
            @Nullable String[] values = children.get(i).values(row);
            // A left join without a partner gives nulls only.
            if (Arrays.stream(values).anyMatch(Objects::nonNull)) {
                childRows.get(i).add(values);
            }
        }
    }

    private boolean hasKeyOf(@Nullable String[] values, Map<String, Object> row) {
        for (int column : key) {
            String label = labels.names.get(column);
            if (!Objects.equals(values[column], Cells.text(row.get(label), label))) {
                return false;
            }
        }
        return true;
    }

    private List<String> keyParts(@Nullable String[] values) {
        String[] parts = new String[key.length];
        for (int i = 0; i < key.length; i++) {
            parts[i] = Locators.trimmed(values[key[i]]);
        }
        return Collections.unmodifiableList(Arrays.asList(parts));
    }

    /** What the columns of a layout are called in the result. */
    private static final class Labels {
        final List<String> names;

        Labels(Layout layout, String prefix) {
            names = layout.columns().stream().map(column -> prefix + column).toList();
        }

        @Nullable
        String[] values(Map<String, Object> row) {
            @Nullable String[] values = new String[names.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Cells.text(row.get(names.get(i)), names.get(i));
            }
            return values;
        }
    }
}
