package isthmus.demo.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two JSON texts: as canonical text, and field by field for people. */
final class Difference {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SHOWN = 4;
    private static final int WIDTH = 120;

    private Difference() {}

    /** The canonical form of a JSON object; text that is none stays as it is. */
    static String canonical(String json) {
        try {
            return CanonicalJson.of(JSON.readValue(json, TreeMap.class));
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    /** The first few fields that differ, with both values. */
    static String between(String expected, String actual) {
        List<String> parts = new ArrayList<>();
        try {
            compare("", JSON.readTree(expected), JSON.readTree(actual), parts);
        } catch (JsonProcessingException e) {
            return "not JSON: " + cut(actual);
        }
        int more = parts.size() - SHOWN;
        String shown = String.join("; ", parts.subList(0, Math.min(SHOWN, parts.size())));
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    private static void compare(String path, JsonNode expected, JsonNode actual, List<String> parts) {
        if (expected.equals(actual)) {
            return;
        }
        if (expected.isObject() && actual.isObject() || expected.isArray() && actual.isArray()) {
            Map<String, JsonNode> left = children(expected);
            Map<String, JsonNode> right = children(actual);
            Set<String> names = new TreeSet<>(left.keySet());
            names.addAll(right.keySet());
            for (String name : names) {
                JsonNode there = left.get(name);
                JsonNode here = right.get(name);
                String at = path + "/" + name;
                if (there == null) {
                    parts.add(at + " should be absent, is " + cut(String.valueOf(here)));
                } else if (here == null) {
                    parts.add(at + " should be " + cut(there.toString()) + ", is absent");
                } else {
                    compare(at, there, here, parts);
                }
            }
            return;
        }
        parts.add(path + " should be " + cut(expected.toString()) + ", is " + cut(actual.toString()));
    }

    private static Map<String, JsonNode> children(JsonNode node) {
        Map<String, JsonNode> children = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(field -> children.put(field.getKey(), field.getValue()));
        } else {
            for (int i = 0; i < node.size(); i++) {
                children.put(String.valueOf(i), node.get(i));
            }
        }
        return children;
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }
}
