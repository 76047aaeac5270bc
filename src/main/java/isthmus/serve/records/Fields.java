package isthmus.serve.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.serve.Asked;
import isthmus.serve.Refused;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which parts of a record are wanted: names of its fields or JSON pointers (RFC 6901); its id always is. */
final class Fields {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])+){1,8}");
    private static final int MOST = 50;

    private final Map<String, Fields> parts = new HashMap<>();
    private boolean whole;

    private Fields() {}

    static @Nullable Fields of(Asked asked) {
        String list = asked.text("fields");
        if (list == null) {
            return null;
        }
        Fields fields = new Fields();
        fields.want("/id");
        String[] wanted = list.split(",", -1);
        for (String one : wanted) {
            String pointer = NAME.matcher(one).matches() ? "/" + one : one;
            if (wanted.length > MOST || !POINTER.matcher(pointer).matches()) {
                throw Refused.parameter(
                        "fields", "at most 50 names of fields or JSON pointers, with commas: accountNo,/amounts/total");
            }
            fields.want(pointer);
        }
        return fields;
    }

    private void want(String pointer) {
        Fields at = this;
        for (String token : pointer.substring(1).split("/")) {
            at = at.parts.computeIfAbsent(token.replace("~1", "/").replace("~0", "~"), name -> new Fields());
        }
        at.whole = true;
    }

    byte[] cut(byte[] record) {
        try {
            return JSON.writeValueAsBytes(cut(JSON.readTree(record)));
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored record that is no JSON", damaged);
        }
    }

    /** Of a list the wanted places remain, in their order. */
    private JsonNode cut(JsonNode node) {
        if (whole || node.isValueNode()) {
            return node;
        }
        if (node.isArray()) {
            ArrayNode kept = JSON.createArrayNode();
            for (int i = 0; i < node.size(); i++) {
                Fields part = parts.get(Integer.toString(i));
                if (part != null && part.reaches(node.get(i))) {
                    kept.add(part.cut(node.get(i)));
                }
            }
            return kept;
        }
        ObjectNode kept = JSON.createObjectNode();
        node.properties().forEach(member -> {
            Fields part = parts.get(member.getKey());
            if (part != null && part.reaches(member.getValue())) {
                kept.set(member.getKey(), part.cut(member.getValue()));
            }
        });
        return kept;
    }

    /** A pointer that goes on below a plain value points at nothing. */
    private boolean reaches(JsonNode node) {
        return whole || node.isContainerNode();
    }
}
