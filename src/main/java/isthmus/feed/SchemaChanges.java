package isthmus.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two editions of the published JSON Schemas, by the rules of model.md 10.2: what an old reader of new
 * events, or a new reader of old ones, could not bear is breaking; the rest is a minor change.
 */
public final class SchemaChanges {
    /** Which values a type, a string or a number may take; any change of these narrows or widens what readers rely on. */
    private static final Set<String> EXACT = Set.of("pattern", "const", "format", "minItems", "minimum", "maximum");

    private static final Set<String> UPPER = Set.of("maxLength", "maxItems");

    private final Map<String, JsonNode> before;
    private final Map<String, JsonNode> now;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> walked = new HashSet<>();

    private SchemaChanges(Map<String, JsonNode> before, Map<String, JsonNode> now) {
        this.before = before;
        this.now = now;
    }

    /**
     * One change.
     *
     * @param path JSON pointer of the field inside a record of the entity
     */
    public record Change(boolean breaking, String entity, String path, String what) {}

    /** Every change, breaking ones first; both editions by file name without its ending. */
    public static List<Change> between(Map<String, JsonNode> before, Map<String, JsonNode> now) {
        SchemaChanges changes = new SchemaChanges(new TreeMap<>(before), new TreeMap<>(now));
        changes.compare();
        return changes.changes.stream()
                .sorted((one, other) -> Boolean.compare(other.breaking(), one.breaking()))
                .toList();
    }

    private void compare() {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.remove("common");
        for (String name : names) {
            JsonNode old = before.get(name);
            JsonNode young = now.get(name);
            if (young == null) {
                changes.add(new Change(true, name, "", "the entity is gone"));
            } else if (old == null) {
                changes.add(new Change(false, name, "", "a new entity"));
            } else {
                walked.clear();
                node(name, "", new Place(before, name, old), new Place(now, name, young));
            }
        }
    }

    private void node(String entity, String path, Place oldPlace, Place youngPlace) {
        if (oldPlace.isNullable() != youngPlace.isNullable()) {
            breaking(entity, path, youngPlace.isNullable() ? "may be null now" : "may no longer be null");
        }
        Place old = oldPlace.followed();
        Place young = youngPlace.followed();
        if (!walked.add(path + ' ' + old.file() + ' ' + System.identityHashCode(old.node()))) {
            return;
        }
        types(entity, path, old, young);
        keywords(entity, path, old.node(), young.node());
        required(entity, path, old, young);
        properties(entity, path, old, young);
        if (old.node().has("items") && young.node().has("items")) {
            node(entity, path + "/0", old.at("items"), young.at("items"));
        }
    }

    private void types(String entity, String path, Place old, Place young) {
        Set<String> before = new TreeSet<>(old.types());
        Set<String> after = new TreeSet<>(young.types());
        before.remove("null");
        after.remove("null");
        if (!before.equals(after)) {
            breaking(entity, path, "the type was " + before + " and is " + after);
        }
    }

    private void keywords(String entity, String path, JsonNode old, JsonNode young) {
        for (String keyword : EXACT) {
            if (!old.path(keyword).equals(young.path(keyword))) {
                breaking(entity, path, keyword + was(old, young, keyword));
            }
        }
        for (String keyword : UPPER) {
            long before = old.path(keyword).asLong(Long.MAX_VALUE);
            long after = young.path(keyword).asLong(Long.MAX_VALUE);
            if (after < before) {
                breaking(entity, path, keyword + was(old, young, keyword));
            } else if (after > before) {
                minor(entity, path, keyword + was(old, young, keyword));
            }
        }
        Set<String> values = texts(old.path("enum"));
        Set<String> valuesNow = texts(young.path("enum"));
        if (!values.equals(valuesNow)) {
            breaking(entity, path, "the closed set was " + values + " and is " + valuesNow);
        }
    }

    private void required(String entity, String path, Place old, Place young) {
        Set<String> before = texts(old.node().path("required"));
        Set<String> after = texts(young.node().path("required"));
        for (String field : old.node().path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList()) {
            if (before.contains(field) != after.contains(field)
                    && young.node().path("properties").has(field)) {
                breaking(
                        entity,
                        path + '/' + field,
                        before.contains(field) ? "was required and is optional" : "was optional and is required");
            }
        }
    }

    private void properties(String entity, String path, Place old, Place young) {
        JsonNode before = old.node().path("properties");
        JsonNode after = young.node().path("properties");
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String at = path + '/' + field.getKey();
            if (after.has(field.getKey())) {
                node(entity, at, old.at("properties", field.getKey()), young.at("properties", field.getKey()));
            } else {
                breaking(entity, at, "is gone");
            }
        }
        Set<String> mandatory = texts(young.node().path("required"));
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            if (!before.has(field.getKey())) {
                boolean isMandatory = mandatory.contains(field.getKey());
                changes.add(new Change(
                        isMandatory,
                        entity,
                        path + '/' + field.getKey(),
                        isMandatory ? "is new and required: old events have no such field" : "is new"));
            }
        }
    }

    private void breaking(String entity, String path, String what) {
        changes.add(new Change(true, entity, path, what));
    }

    private void minor(String entity, String path, String what) {
        changes.add(new Change(false, entity, path, what));
    }

    private static String was(JsonNode old, JsonNode young, String keyword) {
        return " was " + shown(old.path(keyword)) + " and is " + shown(young.path(keyword));
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "not said" : node.toString();
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A node of a schema with the file and edition in which its references are looked up. */
    private record Place(Map<String, JsonNode> edition, String file, JsonNode node) {

        Place at(String... names) {
            JsonNode found = node;
            for (String name : names) {
                found = found.path(name);
            }
            return new Place(edition, file, found);
        }

        /** The node that a reference, or the one alternative besides null, stands for. */
        Place followed() {
            if (node.has("$ref")) {
                String[] reference = node.path("$ref").asText().split("#", 2);
                String target = reference[0].isEmpty() ? file : reference[0].replaceFirst("\\.json$", "");
                JsonNode root = edition.get(target);
                if (root == null) {
                    throw new IllegalArgumentException(file + ": no schema " + reference[0]);
                }
                return new Place(edition, target, root.at(reference.length > 1 ? reference[1] : "")).followed();
            }
            Place other = alternative();
            return other == null ? this : other.followed();
        }

        private @Nullable Place alternative() {
            JsonNode any = node.path("anyOf");
            return any.size() != 2 || isNull(any.path(0)) == isNull(any.path(1))
                    ? null
                    : new Place(edition, file, any.path(isNull(any.path(0)) ? 1 : 0));
        }

        boolean isNullable() {
            return types().contains("null") || node.path("anyOf").valueStream().anyMatch(Place::isNull);
        }

        private static boolean isNull(JsonNode schema) {
            return schema.path("type").asText().equals("null");
        }

        /** JSON types that a value may have. */
        Set<String> types() {
            JsonNode type = node.path("type");
            return type.isTextual() ? Set.of(type.asText()) : texts(type);
        }
    }
}
