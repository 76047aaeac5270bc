package isthmus.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import isthmus.catalog.Column;
import isthmus.catalog.FieldSpec;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import isthmus.normalize.Differences.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hides, in a record that is shown to somebody, what came from classified columns. */
public final class Masks {
    private static final String MASK = "•••";

    private final Set<String> hidden = new HashSet<>();

    private Masks() {}

    public static Masks of(MappingSpec mapping, Pull pull) {
        Masks masks = new Masks();
        masks.collect("", mapping.fields(), classified(pull.columns()), pull);
        return masks;
    }

    private static Set<String> classified(List<Column> columns) {
        Set<String> names = new HashSet<>();
        columns.stream().filter(Column::classified).map(Column::name).forEach(names::add);
        return names;
    }

    private void collect(String base, List<FieldSpec> fields, Set<String> classified, Pull pull) {
        for (FieldSpec field : fields) {
            String path = field.path().isEmpty() ? base : base + "/" + field.path();
            List<String> read = new ArrayList<>(field.columns());
            read.addAll(field.options().getOrDefault("email", List.of()));
            field.key().forEach(part -> read.addAll(List.of(part.text().split("\\|"))));
            if (read.stream().anyMatch(classified::contains)) {
                hidden.add(path);
            }
            Set<String> inside = field.conversion() == FieldSpec.Conversion.EACH
                    ? classified(pull.children().getOrDefault(String.valueOf(field.word()), List.of()))
                    : classified;
            collect(path, field.members(), inside, pull);
        }
    }

    /** True when a pointer into the record leads to something hidden. */
    public boolean hides(String pointer) {
        String path = pointer.replaceAll("/[0-9]+(?=/|$)", "");
        return hidden.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    /** The same differences; of what is hidden only the path is said. */
    public List<Difference> mask(List<Difference> differences) {
        return differences.stream()
                .map(one -> hides(one.path()) ? new Difference(one.path(), MASK, MASK + " (another)") : one)
                .toList();
    }

    /** The same record with every hidden text replaced. */
    public JsonNode mask(JsonNode record) {
        return mask("", record);
    }

    private JsonNode mask(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode masked = object.objectNode();
            object.properties()
                    .forEach(field -> masked.set(field.getKey(), mask(path + "/" + field.getKey(), field.getValue())));
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = array.arrayNode();
            array.forEach(item -> masked.add(mask(path, item)));
            return masked;
        }
        return hides(path) && node.isTextual() ? TextNode.valueOf(MASK) : node;
    }
}
