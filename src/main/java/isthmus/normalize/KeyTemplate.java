package isthmus.normalize;

import isthmus.catalog.FieldSpec.KeyPart;
import isthmus.model.Layout;
import isthmus.model.Reason;
import isthmus.model.Text;
import isthmus.model.Urn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a URN from native key columns (model.md 2.1). */
final class KeyTemplate {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] prefix;
    private final KeyPart.Kind[] kinds;
    private final int[][] columns;
    private final byte[][] literals;
    private final Place[] places;
    private final int firstColumn;

    /**
     * A key as the mapping spells it.
     *
     * @param place where the URN stands in the record; null for the record's own id, whose faults lie in its columns
     */
    KeyTemplate(String prefix, List<KeyPart> parts, Layout layout, @Nullable Place place) {
        this.prefix = Bytes.of(prefix);
        this.kinds = parts.stream().map(KeyPart::kind).toArray(KeyPart.Kind[]::new);
        this.columns = parts.stream()
                .map(part -> Stream.of(part.text().split("\\|"))
                        .mapToInt(layout::indexOf)
                        .toArray())
                .toArray(int[][]::new);
        this.literals = parts.stream().map(part -> Bytes.of(part.text())).toArray(byte[][]::new);
        this.places = parts.stream()
                .map(part -> place == null
                        ? Place.column(part.text())
                        : new Place(place.before(), place.after(), part.text()))
                .toArray(Place[]::new);
        int first = 0;
        while (kinds[first] == KeyPart.Kind.LITERAL) {
            first++;
        }
        this.firstColumn = first;
    }

    /** Writes the URN and answers -1, or answers which part has no value. */
    int write(@Nullable String[] row, Desk desk) {
        Bytes out = desk.out;
        out.add(prefix);
        int from = out.length;
        for (int i = 0; i < kinds.length; i++) {
            boolean given = true;
            switch (kinds[i]) {
                case LITERAL -> out.add(literals[i]);
                case TEXT -> given = text(first(row, columns[i]), desk, places[i]);
                case DATE -> given = Times.date(first(row, columns[i]), desk, places[i]);
                case TIME -> given = Times.time(first(row, columns[i]), desk, places[i]);
            }
            if (!given) {
                return i;
            }
        }
        if (out.length - from > Urn.MAX_KEY) {
            throw places[firstColumn].refuse(Reason.KEY_INVALID, desk);
        }
        return -1;
    }

    private static @Nullable String first(@Nullable String[] row, int[] columns) {
        for (int i = 0; i < columns.length - 1; i++) {
            if (!Structures.trimmed(row[columns[i]]).isEmpty()) {
                return row[columns[i]];
            }
        }
        return row[columns[columns.length - 1]];
    }

    /** Why a record whose key lacks a part cannot be said. */
    Refusal without(int part, Desk desk) {
        boolean text = kinds[part] == KeyPart.Kind.TEXT;
        return places[part].refuse(text ? Reason.KEY_INVALID : Reason.FIELD_MISSING, desk);
    }

    private static boolean text(@Nullable String raw, Desk desk, Place place) {
        int from = 0;
        int to = raw == null ? 0 : raw.length();
        while (raw != null && from < to && Text.isBlank(raw.charAt(from))) {
            from++;
        }
        while (raw != null && to > from && Text.isBlank(raw.charAt(to - 1))) {
            to--;
        }
        if (raw == null || from == to) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = Text.halfWidth(raw.charAt(i));
            if (Urn.isPlain(c)) {
                desk.out.add(c);
            } else {
                int point = c < 0x80 ? c : raw.codePointAt(i);
                if (Text.isControl(point)) {
                    throw place.refuse(Reason.KEY_INVALID, desk);
                }
                encode(point, desk.out);
                i += Character.charCount(point) - 1;
            }
        }
        return true;
    }

    private static void encode(int point, Bytes out) {
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            out.add('%');
            out.add(HEX[b >> 4 & 15]);
            out.add(HEX[b & 15]);
        }
    }
}
