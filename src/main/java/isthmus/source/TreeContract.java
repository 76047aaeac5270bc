package isthmus.source;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull's columns lie in a tree: {@code a/b} below the record, {@code a/@b} an attribute, {@code .} its own text,
 * {@code /a/b} outside of it, where the last one before the record counts. A child table's name is the path of its rows.
 */
final class TreeContract {
    private final Layout layout;
    private final List<Spot> columns;
    private final List<String[]> tables = new ArrayList<>();
    private final List<List<Spot>> cells = new ArrayList<>();
    private final Set<String> around = new HashSet<>();

    /** @param path steps below the record; null when the value stands around it, or another one fills it */
    private record Spot(Column column, String @Nullable [] path) {}

    /** What a record says by the contract. */
    record Cut(
            @Nullable String[] values, List<List<@Nullable String[]>> children, Outcome.@Nullable Rejected refusal) {}

    TreeContract(Pull pull) {
        layout = pull.layout();
        columns = spots(pull.columns());
        for (String child : layout.childNames()) {
            tables.add(child.split("/"));
            cells.add(spots(pull.children().getOrDefault(child, List.of())));
        }
        for (Column column : pull.columns()) {
            if (column.at().startsWith("/")) {
                around.add(column.at());
            }
        }
    }

    private static List<Spot> spots(List<Column> columns) {
        return columns.stream()
                .map(column -> new Spot(column, isOutside(column) ? null : steps(column.at())))
                .toList();
    }

    private static boolean isOutside(Column column) {
        return column.at().startsWith("/") || column.at().startsWith("=");
    }

    private static String[] steps(String path) {
        return path.equals(".") ? new String[0] : path.split("/");
    }

    Layout layout() {
        return layout;
    }

    /** Paths from the root that are asked for outside of the records. */
    Set<String> around() {
        return around;
    }

    /** @param around the values outside of the record, by their paths */
    Cut cut(Node record, Map<String, String> around) {
        Fault fault = new Fault();
        @Nullable String[] values = row(columns, record, fault);
        for (int i = 0; i < values.length; i++) {
            String at = columns.get(i).column().at();
            if (at.startsWith("/")) {
                values[i] = around.get(at);
            }
        }
        List<List<@Nullable String[]>> children = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            List<@Nullable String[]> rows = new ArrayList<>();
            for (Node row : record.at(tables.get(i))) {
                rows.add(row(cells.get(i), row, fault));
            }
            children.add(rows);
        }
        return new Cut(values, children, fault.refusal);
    }

    private static final class Fault {
        private Outcome.@Nullable Rejected refusal;
    }

    private static @Nullable String[] row(List<Spot> spots, Node node, Fault fault) {
        @Nullable String[] values = new String[spots.size()];
        for (int i = 0; i < values.length; i++) {
            String[] path = spots.get(i).path();
            List<Node> found = path == null ? List.of() : node.at(path);
            String name = spots.get(i).column().name();
            if (found.size() > 1) {
                fault.refusal = new Outcome.Rejected(Reason.SCHEMA, name, "expected one value, got " + found.size());
            } else if (!found.isEmpty() && !found.get(0).isLeaf()) {
                fault.refusal = new Outcome.Rejected(Reason.SCHEMA, name, "expected a value, got a structure");
            } else if (!found.isEmpty()) {
                values[i] = found.get(0).text();
            }
        }
        return values;
    }
}
