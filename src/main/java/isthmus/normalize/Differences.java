package isthmus.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two records, field by field. */
public final class Differences {

    private Differences() {}

    /**
     * One field that differs.
     *
     * @param path RFC 6901 pointer into the record
     * @param before null where there was nothing
     * @param after null where there is nothing now
     */
    public record Difference(
            String path, @Nullable String before, @Nullable String after) {
        @Override
        public String toString() {
            return path + "  " + (before == null ? "(nothing)" : before) + " -> "
                    + (after == null ? "(nothing)" : after);
        }
    }

    /** In the order of the names; a list is compared item by item. */
    public static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> differences = new ArrayList<>();
        compare("", before, after, differences);
        return differences;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> into) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                compare(path + "/" + escaped, before.path(name), after.path(name), into);
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "/" + i, before.path(i), after.path(i), into);
            }
        } else {
            into.add(new Difference(path, text(before), text(after)));
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.toString();
    }
}
