package isthmus.cli;

import isthmus.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plain table for a terminal: numbers to the right with thousands separators, text to the left, wide Han counted twice. */
final class Table {
    private static final int WIDEST = 72;
    private static final int TAIL = 16;

    private final List<String> head;
    private final List<List<Object>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The same for JSON: a document for each row. */
    List<Map<String, Object>> document() {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> document = new LinkedHashMap<>();
            for (int i = 0; i < head.size(); i++) {
                document.put(head.get(i).isEmpty() ? "kind" : head.get(i), row.get(i));
            }
            documents.add(document);
        }
        return documents;
    }

    String text() {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Text.places(head.get(i));
            for (List<Object> row : rows) {
                widths[i] = Math.max(widths[i], Text.places(show(row.get(i))));
            }
        }
        StringBuilder out = new StringBuilder();
        line(out, widths, List.copyOf(head));
        out.append("-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)))
                .append('\n');
        rows.forEach(row -> line(out, widths, row));
        return out.toString().stripTrailing();
    }

    private void line(StringBuilder out, int[] widths, List<?> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = show(cells.get(i));
            String pad = " ".repeat(widths[i] - Text.places(cell));
            line.append(numbers(i) ? pad + cell : cell + pad).append("  ");
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private boolean numbers(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column) instanceof Number);
    }

    private static String show(Object cell) {
        return cell instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : shortened(String.valueOf(cell));
    }

    /** One hostile file name must not push the table off the screen; both ends of a name tell most. */
    private static String shortened(String text) {
        int[] points = text.codePoints().toArray();
        return points.length <= WIDEST
                ? text
                : new String(points, 0, WIDEST - TAIL - 1) + "…" + new String(points, points.length - TAIL, TAIL);
    }
}
