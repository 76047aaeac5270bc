package isthmus.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named columns of a piece, in order, and the layouts of its child rows; equal names never repeat. */
public final class Layout {
    private final List<String> columns;
    private final List<String> childNames;
    private final List<Layout> children;
    private final Map<String, Integer> at = new HashMap<>();

    public Layout(List<String> columns, Map<String, Layout> children) {
        this.columns = List.copyOf(columns);
        this.childNames = List.copyOf(children.keySet());
        this.children = childNames.stream().map(children::get).toList();
        for (int i = 0; i < columns.size(); i++) {
            if (at.put(columns.get(i), i) != null) {
                throw new IllegalArgumentException("column twice in a layout: " + columns.get(i));
            }
        }
    }

    public static Layout of(String... columns) {
        return new Layout(List.of(columns), Map.of());
    }

    public List<String> columns() {
        return columns;
    }

    public List<String> childNames() {
        return childNames;
    }

    /** The position of a column, or -1. */
    public int indexOf(String column) {
        return at.getOrDefault(column, -1);
    }

    /** The position of a child table, or -1. */
    public int childIndexOf(String child) {
        return childNames.indexOf(child);
    }

    public @Nullable Layout child(String name) {
        int i = childIndexOf(name);
        return i < 0 ? null : children.get(i);
    }
}
