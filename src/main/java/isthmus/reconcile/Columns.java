package isthmus.reconcile;

import isthmus.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Lines of cells for a fixed-pitch terminal; wide characters take two places. */
final class Columns {
    private static final String GAP = "  ";

    private final boolean[] toTheRight;
    private final List<String[]> lines = new ArrayList<>();

    /** @param alignment one letter a column: {@code l} or {@code r} */
    Columns(String alignment) {
        toTheRight = new boolean[alignment.length()];
        for (int i = 0; i < toTheRight.length; i++) {
            toTheRight[i] = alignment.charAt(i) == 'r';
        }
    }

    void add(String... cells) {
        if (cells.length != toTheRight.length) {
            throw new IllegalArgumentException("cells: " + cells.length + ", columns: " + toTheRight.length);
        }
        lines.add(cells);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void write(StringBuilder to) {
        int[] widths = new int[toTheRight.length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Text.places(line[i]));
            }
        }
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - Text.places(line[i]));
                text.append(i == 0 ? "" : GAP).append(toTheRight[i] ? pad + line[i] : line[i] + pad);
            }
            to.append(text.toString().stripTrailing()).append('\n');
        }
    }
}
