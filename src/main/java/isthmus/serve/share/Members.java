package isthmus.serve.share;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.feed.SchemaEditions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The members that the published schema of an entity names, by JSON pointers without places of lists. */
final class Members {
    private static final Map<String, JsonNode> PUBLISHED = SchemaEditions.current();
    private static final String FILE = ".json";
    private static final Pattern PATH = Pattern.compile("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)*");
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01]){1,80}){1,8}");

    private Members() {}

    /** A place in a schema, and the file that its references are to be read in. */
    private record Place(String file, JsonNode node) {
        /** What the place is of: behind references, of alternatives the first, of a list its items. */
        Place meant() {
            Place at = this;
            while (true) {
                JsonNode node = at.node;
                if (node.has("$ref")) {
                    String[] ref = node.get("$ref").asText().split("#", 2);
                    String file = ref[0].isEmpty() ? at.file : ref[0];
                    at = new Place(file, schema(file).at(ref[1]));
                } else if (node.has("anyOf") || node.has("allOf")) {
                    at = new Place(
                            at.file,
                            node.path(node.has("anyOf") ? "anyOf" : "allOf").get(0));
                } else if (node.has("items")) {
                    at = new Place(at.file, node.get("items"));
                } else {
                    return at;
                }
            }
        }

        Place member(String name) {
            JsonNode named = node.path("properties").path(name);
            return new Place(file, named.isMissingNode() ? open(name) : named).meant();
        }

        /** Members that a schema does not name, but says of what kind or name they may be. */
        private JsonNode open(String name) {
            String form = node.path("propertyNames").path("pattern").asText();
            return !form.isEmpty() && name.matches(form)
                    ? node.path("propertyNames")
                    : node.path("additionalProperties");
        }

        boolean isThere() {
            return !node.isMissingNode();
        }

        String names() {
            TreeSet<String> names = new TreeSet<>();
            node.path("properties").fieldNames().forEachRemaining(names::add);
            return names.isEmpty() ? "none" : String.join(", ", names);
        }
    }

    private static JsonNode schema(String file) {
        return Objects.requireNonNull(PUBLISHED.get(file.substring(0, file.length() - FILE.length())), file);
    }

    /**
     * A member as a grant keeps it.
     *
     * @param given a pointer, {@code /amounts/total}, or a path, {@code amounts.total}
     * @throws Unfit when the schema has no such member
     */
    static String pointer(String entity, String given) {
        String pointer = PATH.matcher(given).matches() ? "/" + given.replace('.', '/') : given;
        if (!POINTER.matcher(pointer).matches()) {
            throw new Unfit("A field is a path, amounts.total, or a JSON pointer, /amounts/total; not " + given + ".");
        }
        Place at = new Place(entity + FILE, schema(entity + FILE)).meant();
        for (String token : List.of(pointer.substring(1).split("/"))) {
            Place next = at.member(token.replace("~1", "/").replace("~0", "~"));
            if (!next.isThere()) {
                throw new Unfit("The schema of " + entity + " has no field " + given + "; at " + token + " there are: "
                        + at.names() + ".");
            }
            at = next;
        }
        return pointer;
    }
}
