package isthmus.quarantine;

import isthmus.model.Layout;
import isthmus.store.Quarantines.Entry;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A quarantined piece laid open. Everything is safe to print: what would act on a terminal is spelled out.
 *
 * @param text the bytes as their charset reads them, U+FFFD where it cannot
 * @param hex the same bytes, sixteen a line
 * @param fields as today's reader cuts them, child rows as {@code child[0].COLUMN}; empty when it cannot
 */
public record Exhibit(Entry entry, String text, String hex, List<Field> fields) {

    /** A column, its text, and whether it is the one at fault. */
    public record Field(String column, @Nullable String value, boolean atFault) {}

    static Exhibit of(Kept piece, Charset charset, Recut.@Nullable Cut cut) {
        List<Field> fields = cut == null ? List.of() : fields(piece.entry(), cut);
        return new Exhibit(piece.entry(), Printable.text(piece.bytes(), charset), Printable.hex(piece.bytes()), fields);
    }

    private static List<Field> fields(Entry entry, Recut.Cut cut) {
        Layout layout = cut.layout();
        List<Field> fields = new ArrayList<>();
        if (layout == null || cut.piece().refusal() != null) {
            return fields;
        }
        add(fields, entry, "", "", layout, cut.piece().values());
        for (int child = 0; child < cut.piece().children().size(); child++) {
            String name = layout.childNames().get(child);
            Layout below = Objects.requireNonNull(layout.child(name));
            List<@Nullable String[]> rows = cut.piece().children().get(child);
            for (int row = 0; row < rows.size(); row++) {
                add(fields, entry, name + '[' + row + "].", name + '.', below, rows.get(row));
            }
        }
        return fields;
    }

    private static void add(
            List<Field> to, Entry entry, String prefix, String anyRow, Layout layout, @Nullable String[] values) {
        for (int i = 0; i < values.length; i++) {
            String column = layout.columns().get(i);
            String field = entry.field();
            boolean atFault = (prefix + column).equals(field) || (anyRow + column).equals(field);
            String value = values[i];
            to.add(new Field(prefix + column, value == null ? null : Printable.escape(value), atFault));
        }
    }
}
