package isthmus.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Entities;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A place in an entity's published JSON Schema: what may stand there, and what must. */
final class Shape {
    private static final String FOLDER = "/isthmus/schema/v1/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> FILES = new ConcurrentHashMap<>();

    private final String file;
    private final JsonNode node;
    private final String kind;

    private Shape(String file, JsonNode node) {
        String in = file;
        String named = "";
        JsonNode at = node;
        while (at.has("$ref") || at.has("anyOf") || at.has("allOf")) {
            if (at.has("$ref")) {
                String[] ref = at.get("$ref").asText().split("#", 2);
                in = ref[0].isEmpty() ? in : ref[0];
                at = file(in).at(ref[1]);
                named = ref[1].substring(ref[1].lastIndexOf('/') + 1);
            } else {
                // The model's alternatives are a type or null.
                at = at.path("anyOf").path(0).isMissingNode()
                        ? at.get("allOf").get(0)
                        : at.get("anyOf").get(0);
            }
        }
        this.file = in;
        this.node = at;
        this.kind = named;
    }

    /** The name of its value type, empty where the schema spells it out. */
    String kind() {
        return kind;
    }

    /** The whole record, or null when the model has no such entity. */
    static @Nullable Shape of(String entity) {
        String name = entity + ".json";
        return Entities.SOURCES.contains(entity) ? new Shape(name, file(name)) : null;
    }

    private static JsonNode file(String name) {
        return FILES.computeIfAbsent(name, missing -> {
            try (InputStream in = Shape.class.getResourceAsStream(FOLDER + missing)) {
                return JSON.readTree(in);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        });
    }

    /** A member, or null when there is none of that name. */
    @Nullable
    Shape member(String name) {
        JsonNode member = node.path("properties").path(name);
        if (member.isMissingNode()) {
            member = node.path("additionalProperties");
        }
        String names = node.at("/propertyNames/pattern").asText();
        if (!names.isEmpty()) {
            return name.matches(names) ? new Shape(file, JSON.createObjectNode()) : null;
        }
        return member.isMissingNode() ? null : new Shape(file, member);
    }

    List<String> members() {
        List<String> names = new ArrayList<>();
        node.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    List<String> required() {
        List<String> names = new ArrayList<>();
        node.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    Shape items() {
        return new Shape(file, node.path("items"));
    }

    boolean isArray() {
        return node.path("type").asText().equals("array");
    }

    boolean isObject() {
        return node.path("type").asText().equals("object");
    }

    /** What is wanted here, for a message. */
    String wanted() {
        if (node.has("const")) {
            return node.get("const").asText();
        }
        if (node.has("enum")) {
            List<String> words = new ArrayList<>();
            node.get("enum").forEach(word -> words.add(word.asText()));
            return "one of " + words;
        }
        return switch (kind) {
            case "urn" -> "a reference, {ref: entity, key: \"{COLUMN}\"}";
            case "money", "decimal", "price", "text", "address" -> "{" + kind + ": COLUMN}";
            case "instant" -> "a time, {time: COLUMN}";
            case "localDate" -> "a date, {date: COLUMN}";
            case "code" -> "a code, {code: COLUMN, table: TABLE.COLUMN}, or {constant: word}";
            default -> {
                String pattern = node.path("pattern").asText();
                yield (node.path("type").asText("anything") + " " + pattern).strip();
            }
        };
    }

    boolean allowsText(String text) {
        if (!allowsType("string")) {
            return false;
        }
        if (node.has("const")) {
            return node.get("const").asText().equals(text);
        }
        if (node.has("enum")) {
            for (JsonNode word : node.get("enum")) {
                if (word.asText().equals(text)) {
                    return true;
                }
            }
            return false;
        }
        return !node.has("pattern") || text.matches(node.get("pattern").asText());
    }

    /** @param type as JSON Schema names it; an integer is also a number */
    boolean allowsType(String type) {
        JsonNode types = node.path("type");
        if (types.isMissingNode()) {
            boolean isOfText = !node.has("properties");
            return isOfText || type.equals("object");
        }
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(name -> names.add(name.asText()));
        } else {
            names.add(types.asText());
        }
        return names.contains(type) || (type.equals("integer") && names.contains("number"));
    }
}
