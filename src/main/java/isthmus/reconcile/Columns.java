package isthmus.reconcile;

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
                widths[i] = Math.max(widths[i], width(line[i]));
            }
        }
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - width(line[i]));
                text.append(i == 0 ? "" : GAP).append(toTheRight[i] ? pad + line[i] : line[i] + pad);
            }
            to.append(text.toString().stripTrailing()).append('\n');
        }
    }

    /** Places on the screen: East Asian wide and full-width characters take two. */
    static int width(String text) {
        return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }

    private static boolean isWide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF && point != 0x303F
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF01 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
    }
}
