package isthmus.normalize;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.model.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key hash and the row hash that prove at night that a row has arrived (model.md 9.3). */
final class RowPrint {
    private static final int SEPARATOR = 0x1F;
    private static final int NULL = 0x1E;

    private final int[] key;
    private final Cell[] cells;
    private final List<Cell[]> children = new ArrayList<>();

    private enum Kind {
        DECIMAL,
        TIME,
        TEXT
    }

    private record Cell(int at, Kind kind, int scale) {}

    RowPrint(Pull pull, Layout layout) {
        this.key = pull.key().stream().mapToInt(layout::indexOf).toArray();
        this.cells = cells(pull.columns(), layout);
        for (String child : layout.childNames()) {
            Layout columns = layout.child(child);
            List<Column> contract = pull.children().get(child);
            children.add(columns == null || contract == null ? new Cell[0] : cells(contract, columns));
        }
    }

    private static Cell[] cells(List<Column> contract, Layout layout) {
        return contract.stream()
                .filter(column -> !column.classified() && layout.indexOf(column.name()) >= 0)
                .map(column -> new Cell(layout.indexOf(column.name()), kind(column.type()), column.scale()))
                .toArray(Cell[]::new);
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "decimal" -> Kind.DECIMAL;
            case "time" -> Kind.TIME;
            default -> Kind.TEXT;
        };
    }

    /** Hex MD5 of the trimmed native key, parts joined with {@code /}. */
    String key(@Nullable String[] row, Desk desk) {
        Bytes text = desk.print;
        text.length = 0;
        for (int i = 0; i < key.length; i++) {
            if (i > 0) {
                text.add('/');
            }
            String part = key[i] < 0 ? null : row[key[i]];
            text.plain(Structures.trimmed(part));
        }
        return hash(desk);
    }

    /** Hex MD5 of the row and its child rows, in the contract's order. */
    String row(@Nullable String[] row, List<List<@Nullable String[]>> childRows, Desk desk) {
        Bytes text = desk.print;
        text.length = 0;
        add(row, cells, desk);
        for (int i = 0; i < children.size(); i++) {
            for (@Nullable String[] child : childRows.get(i)) {
                add(child, children.get(i), desk);
            }
        }
        return hash(desk);
    }

    private static void add(@Nullable String[] row, Cell[] contract, Desk desk) {
        Bytes text = desk.print;
        Decimal number = desk.numbers[0];
        for (Cell cell : contract) {
            if (text.length > 0) {
                text.add(SEPARATOR);
            }
            String value = row[cell.at()];
            if (value == null || value.isEmpty()) {
                text.add(NULL);
            } else if (cell.kind() == Kind.DECIMAL && number.read(value) == null && number.present()) {
                number.round(cell.scale());
                number.pad(cell.scale());
                number.write(text);
            } else if (cell.kind() == Kind.TIME && value.length() >= 19) {
                text.plain(value, 0, 10);
                text.add('T');
                text.plain(value, 11, 19);
            } else {
                unpadded(value, text);
            }
        }
    }

    // The padding of CHAR columns differs between drivers and modes.
    private static void unpadded(String value, Bytes text) {
        int to = value.length();
        while (to > 0 && value.charAt(to - 1) == ' ') {
            to--;
        }
        if (to == 0) {
            text.add(NULL);
        } else {
            text.plain(value, 0, to);
        }
    }

    private static String hash(Desk desk) {
        desk.md5.update(desk.print.data, 0, desk.print.length);
        return Bytes.hex("", desk.md5.digest());
    }
}
