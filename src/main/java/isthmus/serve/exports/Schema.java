package isthmus.serve.exports;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.feed.SchemaEditions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A place in an entity's published JSON Schema as a flat table sees it. */
final class Schema {
    private static final Map<String, JsonNode> PUBLISHED = SchemaEditions.current();
    private static final String FILE = ".json";

    private final String file;
    private final String named;
    private final JsonNode node;

    private Schema(String file, JsonNode node) {
        String in = file;
        String last = "";
        JsonNode at = node;
        while (at.has("$ref") || at.has("anyOf")) {
            if (at.has("$ref")) {
                String[] ref = at.get("$ref").asText().split("#", 2);
                in = ref[0].isEmpty() ? in : ref[0];
                at = read(in).at(ref[1]);
                last = ref[1].substring(ref[1].lastIndexOf('/') + 1);
            } else {
                // The model's alternatives are a type or null.
                at = at.get("anyOf").get(0);
            }
        }
        this.file = in;
        this.named = last;
        this.node = at;
    }

    static Schema of(String entity) {
        return new Schema(entity + FILE, read(entity + FILE));
    }

    private static JsonNode read(String file) {
        return Objects.requireNonNull(PUBLISHED.get(file.substring(0, file.length() - FILE.length())), file);
    }

    /** The members that it names, in its order; those that must be there count where it names none. */
    List<String> members() {
        Set<String> names = new LinkedHashSet<>();
        node.path("properties").fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() && type().equals("object")) {
            node.path("required").forEach(name -> names.add(name.asText()));
        }
        return List.copyOf(names);
    }

    Schema member(String name) {
        JsonNode named = node.path("properties").path(name);
        return new Schema(file, named.isMissingNode() ? node.path("additionalProperties") : named);
    }

    /** True when it says of what kind members are that it does not name. */
    boolean isOpen() {
        return node.has("additionalProperties");
    }

    Column.Kind kind() {
        return switch (named) {
            case "money" -> Column.Kind.MONEY;
            case "price" -> Column.Kind.PRICE;
            case "decimal" -> Column.Kind.DECIMAL;
            case "instant" -> Column.Kind.INSTANT;
            case "localDate" -> Column.Kind.DATE;
            default ->
                switch (type()) {
                    case "object", "array" -> Column.Kind.JSON;
                    case "integer" -> Column.Kind.WHOLE;
                    case "number" -> Column.Kind.REAL;
                    case "boolean" -> Column.Kind.FLAG;
                    default -> Column.Kind.TEXT;
                };
        };
    }

    private String type() {
        JsonNode type = node.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }
}
