package isthmus.demo.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One legacy row, line or message as text by column name, with its child rows; an absent column is null. */
public final class Row {
    private final Map<String, String> cells = new LinkedHashMap<>();
    private final List<Row> children = new ArrayList<>();

    public Row set(String column, @Nullable String value) {
        if (value == null) {
            cells.remove(column);
        } else {
            cells.put(column, value);
        }
        return this;
    }

    public @Nullable String get(String column) {
        return cells.get(column);
    }

    /** The text of a column that the caller knows to be there. */
    public String need(String column) {
        String value = cells.get(column);
        if (value == null) {
            throw new IllegalStateException(column + " is not set in " + cells.keySet());
        }
        return value;
    }

    public Row add(Row child) {
        children.add(child);
        return this;
    }

    public List<Row> children() {
        return children;
    }

    /** The cells in the order in which they were set. */
    public Map<String, String> cells() {
        return new LinkedHashMap<>(cells);
    }

    public Row copy() {
        Row copy = new Row();
        copy.cells.putAll(cells);
        children.forEach(child -> copy.children.add(child.copy()));
        return copy;
    }
}
