package isthmus.security.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The granted members of a record, and its id; what was not granted is absent. */
public final class Cut {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Cut> parts = new HashMap<>();
    private boolean whole;

    private Cut() {}

    /** @param pointers JSON pointers (RFC 6901) without places of lists */
    public static Cut of(Collection<String> pointers) {
        Cut cut = new Cut();
        cut.grant("/id");
        pointers.forEach(cut::grant);
        return cut;
    }

    private void grant(String pointer) {
        Cut at = this;
        for (String token : tokens(pointer)) {
            at = at.parts.computeIfAbsent(token, name -> new Cut());
        }
        at.whole = true;
    }

    /** Whether something of what lies at a pointer is granted. */
    public boolean reaches(String pointer) {
        Cut at = this;
        for (String token : tokens(pointer)) {
            Cut part = at.parts.get(token);
            if (at.whole || part == null) {
                return at.whole;
            }
            at = part;
        }
        return true;
    }

    private static List<String> tokens(String pointer) {
        return Arrays.stream(pointer.substring(1).split("/"))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** A record as the partner may read it; the record itself is not changed. */
    public JsonNode told(JsonNode record, Pseudonyms names) {
        if (whole) {
            return renamed(record, names);
        }
        if (record instanceof ArrayNode list) {
            ArrayNode kept = NODES.arrayNode();
            list.forEach(item -> {
                if (item.isContainerNode()) {
                    kept.add(told(item, names));
                }
            });
            return kept;
        }
        ObjectNode kept = NODES.objectNode();
        record.properties().forEach(member -> {
            Cut part = parts.get(member.getKey());
            if (part != null && (part.whole || member.getValue().isContainerNode())) {
                kept.set(member.getKey(), part.told(member.getValue(), names));
            }
        });
        return kept;
    }

    private static JsonNode renamed(JsonNode value, Pseudonyms names) {
        if (value instanceof ObjectNode object) {
            ObjectNode kept = NODES.objectNode();
            object.properties()
                    .forEach(member -> kept.set(names.told(member.getKey()), renamed(member.getValue(), names)));
            return kept;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode kept = NODES.arrayNode();
            list.forEach(item -> kept.add(renamed(item, names)));
            return kept;
        }
        return value.isTextual() ? TextNode.valueOf(names.told(value.textValue())) : value;
    }
}
