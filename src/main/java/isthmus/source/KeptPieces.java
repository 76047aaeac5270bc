package isthmus.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/** Cuts the bytes that a reader once kept of a piece into that piece again, by the contract of today. */
public final class KeptPieces {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PREFIX = Pattern.compile("[</\\s]([A-Za-z_][A-Za-z0-9_.-]*):[^\\s:]");

    private KeptPieces() {}

    /** The charset of kept bytes: a file's are as received, rows and elements were written by us in UTF-8. */
    public static Charset charset(LegacySystem system) {
        return system.isOfFiles() ? system.charset() : StandardCharsets.UTF_8;
    }

    /** The piece with the ordinal and locator that it had; one that cannot be cut is a refused piece. */
    public static Piece cut(LegacySystem system, Pull pull, byte[] bytes, long ordinal, String locator) {
        Layout layout = pull.layout();
        if (system.isOfFiles()) {
            return Format.of(system, pull).again(bytes, ordinal, locator);
        }
        try {
            Piece piece = system.transport().equals("soap") ? element(pull, layout, bytes) : row(layout, bytes);
            return new Piece(piece.values(), piece.children(), ordinal, locator, () -> bytes, piece.refusal());
        } catch (IOException | XMLStreamException fault) {
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
        }
    }

    /**
     * The bytes of one record, cut again out of the whole that it came in: a file, a message, or rows of a query.
     *
     * @param name of the file, as it came
     * @param ordinal the record's line, or its place in the message
     * @param keyHash of the record: rows of a query lie in many pages and are found by their key, all that have it
     */
    public static List<byte[]> within(
            LegacySystem system, Pull pull, byte[] whole, String name, long ordinal, String keyHash) {
        return Wholes.cut(system, pull, whole, name, ordinal, keyHash);
    }

    /** The piece of a row that was kept as JSON. */
    static Piece row(Layout layout, byte[] bytes, long ordinal, String locator) {
        try {
            Piece row = row(layout, bytes);
            return new Piece(row.values(), row.children(), ordinal, locator, () -> bytes, null);
        } catch (IOException fault) {
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
        }
    }

    private static Piece row(Layout layout, byte[] bytes) throws IOException {
        JsonNode row = JSON.readTree(bytes);
        List<List<@Nullable String[]>> children = new ArrayList<>();
        for (String child : layout.childNames()) {
            List<@Nullable String[]> rows = new ArrayList<>();
            for (JsonNode one : row.path(child)) {
                rows.add(values(Objects.requireNonNull(layout.child(child)), one));
            }
            children.add(rows);
        }
        return new Piece(values(layout, row), children, 0, "", () -> bytes, null);
    }

    private static @Nullable String[] values(Layout layout, JsonNode row) {
        @Nullable String[] values = new String[layout.columns().size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = row.path(layout.columns().get(i));
            values[i] = value.isTextual() ? value.asText() : null;
        }
        return values;
    }

    /** The element's prefixes were declared around it, and the reader goes by local names: any declaration will do. */
    private static Piece element(Pull pull, Layout layout, byte[] bytes) throws XMLStreamException {
        String element = new String(bytes, StandardCharsets.UTF_8);
        TreeSet<String> prefixes = new TreeSet<>();
        Matcher found = PREFIX.matcher(element);
        while (found.find()) {
            prefixes.add(found.group(1));
        }
        prefixes.removeIf(prefix -> prefix.startsWith("xml"));
        StringBuilder text = new StringBuilder("<kept");
        prefixes.forEach(prefix -> text.append(" xmlns:").append(prefix).append("=\"urn:kept\""));
        text.append('>').append(element).append("</kept>");
        int[] key = pull.key().stream().mapToInt(layout::indexOf).toArray();
        XMLStreamReader2 xml = SafeXml.reader(text.toString());
        xml.nextTag();
        return new RecordReader(layout, key, text.toString()).read(xml, 1);
    }
}
