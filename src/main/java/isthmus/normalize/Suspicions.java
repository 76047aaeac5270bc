package isthmus.normalize;

import isthmus.catalog.FieldSpec;
import isthmus.catalog.FieldSpec.Conversion;
import isthmus.catalog.MappingSpec;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Piece;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at legacy pieces for what a mapping lets pass and a person should see: codes of no table, and mojibake. */
public final class Suspicions {
    /** GBK read as Latin-1 or UTF-8 and back, UTF-8 read as Latin-1, and what a decoder leaves behind. */
    private static final Pattern MOJIBAKE =
            Pattern.compile("\uFFFD|锟斤|烫烫|屯屯|[ÃÂâäåæçèé][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ]|[\u0080-\u009F]|[À-ÿ]{4,}");

    private final Map<String, Long> codes = new TreeMap<>();
    private final Map<String, Long> mojibake = new TreeMap<>();

    /** Looks at every piece of a chunk as one mapping reads it. */
    public void look(Chunk chunk, MappingSpec mapping) {
        Layout layout = chunk.layout();
        if (layout == null) {
            return;
        }
        for (Piece piece : chunk.pieces()) {
            if (piece.refusal() == null) {
                fields(mapping.fields(), piece, piece.values(), layout);
            }
        }
    }

    /** Looks at every text of a chunk. */
    public void look(Chunk chunk) {
        Layout layout = chunk.layout();
        if (layout == null) {
            return;
        }
        for (Piece piece : chunk.pieces()) {
            for (int i = 0; i < piece.values().length; i++) {
                String value = piece.values()[i];
                if (value != null && MOJIBAKE.matcher(value).find()) {
                    mojibake.merge(chunk.pull() + "." + layout.columns().get(i), 1L, Long::sum);
                }
            }
        }
    }

    private void fields(List<FieldSpec> fields, Piece piece, @Nullable String[] row, Layout layout) {
        for (FieldSpec field : fields) {
            if (field.conversion() == Conversion.CODE) {
                code(field, row, layout);
            } else if (field.conversion() == Conversion.EACH) {
                String child = String.valueOf(field.word());
                Layout columns = layout.child(child);
                int at = layout.childIndexOf(child);
                if (columns != null && at >= 0) {
                    piece.children().get(at).forEach(line -> fields(field.members(), piece, line, columns));
                }
            } else {
                fields(field.members(), piece, row, layout);
            }
        }
    }

    private void code(FieldSpec field, @Nullable String[] row, Layout layout) {
        int at = layout.indexOf(field.columns().get(0));
        String code = at < 0 || row[at] == null ? "" : String.valueOf(row[at]).strip();
        if (field.table() != null && !code.isEmpty() && !field.table().values().containsKey(code)) {
            codes.merge(field.table().name() + " " + code, 1L, Long::sum);
        }
    }

    /** How often a code came that its table does not know, by {@code <table>.<column> <code>}. */
    public Map<String, Long> codes() {
        return codes;
    }

    /** How many values look wrongly decoded, by {@code <pull>.<COLUMN>}. */
    public Map<String, Long> mojibake() {
        return mojibake;
    }
}
