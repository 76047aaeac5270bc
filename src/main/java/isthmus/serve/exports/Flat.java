package isthmus.serve.exports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An entity as a flat table: its columns are those of its published schema, in the schema's order. What lies in an object
 * has the object's name before its own, {@code amounts_total}; a list is one cell of JSON.
 */
final class Flat {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NONE = -1;

    private final List<Column> columns = new ArrayList<>();
    private final Place root;

    /** Where a value of the record goes: to a column, to the columns of its members, or to one for all the others. */
    private static final class Place {
        private final Map<String, Place> members = new HashMap<>();
        private int column = NONE;
        private int others = NONE;
    }

    /** @param deleted true for a table that has deleted records too, which have nothing but an id and a time */
    Flat(String entity, boolean deleted) {
        this(entity, deleted, pointer -> true);
    }

    /** @param shown whether what lies at a JSON pointer has a column */
    Flat(String entity, boolean deleted, Predicate<String> shown) {
        root = place("", Schema.of(entity), "", shown);
        if (deleted) {
            Place at = new Place();
            at.column = add("deletedAt", Column.Kind.INSTANT);
            root.members.put("deletedAt", at);
        }
    }

    private Place place(String name, Schema schema, String pointer, Predicate<String> shown) {
        Place place = new Place();
        List<String> names = schema.members();
        if (names.isEmpty()) {
            place.column = add(name, schema.kind());
            return place;
        }
        String before = name.isEmpty() ? "" : name + "_";
        names.stream().filter(member -> shown.test(pointer + "/" + member)).forEach(member -> {
            String inner = pointer + "/" + member;
            place.members.put(member, place(before + member, schema.member(member), inner, shown));
        });
        if (schema.isOpen()) {
            place.others = add(before + "others", Column.Kind.JSON);
        }
        return place;
    }

    private int add(String name, Column.Kind kind) {
        columns.add(new Column(name, kind));
        return columns.size() - 1;
    }

    List<Column> columns() {
        return columns;
    }

    /** The cells of a record in the order of the columns; null where it says nothing. */
    @Nullable
    String[] cells(ByteBuffer body) {
        @Nullable String[] cells = new String[columns.size()];
        int from = body.arrayOffset() + body.position();
        try (JsonParser parser = JSON.createParser(body.array(), from, body.remaining())) {
            parser.nextToken();
            read(parser, root, new Source(body.array(), from), cells);
        } catch (IOException unreadable) {
            throw new IllegalStateException("a stored record is no JSON", unreadable);
        }
        return cells;
    }

    /** The bytes that are read, to take pieces of them as they are. */
    private record Source(byte[] bytes, int from) {
        String piece(JsonParser parser) throws IOException {
            long start = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            long end = parser.currentLocation().getByteOffset();
            return new String(bytes, from + (int) start, (int) (end - start), StandardCharsets.UTF_8);
        }
    }

    private static void read(JsonParser parser, Place place, Source source, @Nullable String[] cells)
            throws IOException {
        StringBuilder others = new StringBuilder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Place member = place.members.get(name);
            JsonToken value = parser.nextToken();
            if (member == null && place.others == NONE) {
                parser.skipChildren();
            } else if (member == null) {
                others.append(others.isEmpty() ? "{\"" : ",\"")
                        .append(JsonStringEncoder.getInstance().quoteAsString(name))
                        .append("\":")
                        .append(source.piece(parser));
            } else if (member.column != NONE) {
                cells[member.column] = value == JsonToken.VALUE_NULL
                        ? null
                        : value.isScalarValue() ? parser.getText() : source.piece(parser);
            } else if (value == JsonToken.START_OBJECT) {
                read(parser, member, source, cells);
            } else {
                parser.skipChildren();
            }
        }
        if (!others.isEmpty()) {
            cells[place.others] = others.append('}').toString();
        }
    }
}
