package isthmus.security;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Hides in a record who a person is and where it can be met, by the rules of {@link Masked}. What comes out is still a record
 * of its schema, with the same members in the same order; what is inside a personal member and not known to be harmless is hidden whole.
 */
public final class Masking {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Of the form of a keyed hash, and nobody's. */
    private static final String NO_HASH = "h0:" + "_".repeat(22);

    private static final UnaryOperator<JsonNode> HIDDEN = Masking::hidden;
    private static final UnaryOperator<JsonNode> NAME = text(Masked::person);
    private static final UnaryOperator<JsonNode> ADDRESS = members(
            Map.of("raw", text(Masked::address), "normalized", text(Masked::address), "parts", Masking::parts),
            Set.of("role", "adminCode", "confidence"));
    private static final UnaryOperator<JsonNode> PERSON_NAME =
            members(Map.of("display", NAME, "normalized", NAME, "legal", NAME), Set.of());
    private static final UnaryOperator<JsonNode> IDENTIFIER =
            members(Map.of("hash", text(hash -> NO_HASH)), Set.of("type", "masked", "verified"));
    private static final UnaryOperator<JsonNode> CONTACT =
            members(Map.of("value", text(Masked::contact)), Set.of("type", "masked", "preferred", "verifiedAt"));

    private static final Map<String, UnaryOperator<JsonNode>> OF_A_PERSON = Map.of(
            "name", PERSON_NAME,
            "identifiers", IDENTIFIER,
            "contacts", CONTACT,
            "addresses", ADDRESS,
            "ext", HIDDEN);

    private static final Map<String, Map<String, UnaryOperator<JsonNode>>> RULES = Map.of(
            "customer", OF_A_PERSON,
            "unifiedcustomer", OF_A_PERSON,
            "account", Map.of("ext", HIDDEN),
            "servicepoint", Map.of("address", ADDRESS, "position", place -> NullNode.getInstance(), "ext", HIDDEN),
            "servicerequest", Map.of("subjectText", HIDDEN, "text", HIDDEN, "ext", HIDDEN));

    /** The entities whose records name a person. */
    static final Set<String> ENTITIES = RULES.keySet();

    private Masking() {}

    /** The members of an entity's record that are hidden, in whole or in part; none for an entity that names nobody. */
    public static Set<String> hiddenOf(String entity) {
        return RULES.getOrDefault(entity, Map.of()).keySet();
    }

    /**
     * A record's JSON, masked; the same bytes for an entity that names nobody.
     *
     * @param record the canonical bytes as the store has them
     */
    public static byte[] mask(String entity, byte[] record) {
        if (!RULES.containsKey(entity)) {
            return record;
        }
        try {
            JsonNode read = JSON.readTree(record);
            mask(entity, read);
            return JSON.writeValueAsBytes(read);
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored record that is no JSON", damaged);
        }
    }

    /**
     * An event as the feed tells it, with the record in it masked. Its id and hash stay those of the record in clear.
     *
     * @param event a CloudEvent with {@code data.record}
     */
    public static byte[] maskEvent(String entity, byte[] event) {
        if (!RULES.containsKey(entity)) {
            return event;
        }
        try {
            JsonNode read = JSON.readTree(event);
            mask(entity, read.at("/data/record"));
            return JSON.writeValueAsBytes(read);
        } catch (IOException damaged) {
            throw new IllegalStateException("an event that is no JSON", damaged);
        }
    }

    private static void mask(String entity, JsonNode record) {
        if (record instanceof ObjectNode members) {
            RULES.getOrDefault(entity, Map.of()).forEach((name, rule) -> {
                JsonNode value = members.get(name);
                if (value != null) {
                    members.set(name, each(value, rule));
                }
            });
        }
    }

    private static JsonNode each(JsonNode value, UnaryOperator<JsonNode> rule) {
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, rule.apply(list.get(i)));
            }
            return list;
        }
        return value.isNull() ? value : rule.apply(value);
    }

    private static UnaryOperator<JsonNode> text(UnaryOperator<String> hide) {
        return value -> value.isTextual() ? TextNode.valueOf(hide.apply(value.textValue())) : hidden(value);
    }

    /** An object, of which some members have a rule, some are harmless, and all others are hidden. */
    private static UnaryOperator<JsonNode> members(Map<String, UnaryOperator<JsonNode>> rules, Set<String> harmless) {
        return value -> {
            if (!(value instanceof ObjectNode object)) {
                return hidden(value);
            }
            object.properties().forEach(member -> {
                if (!harmless.contains(member.getKey())) {
                    member.setValue(rules.getOrDefault(member.getKey(), HIDDEN).apply(member.getValue()));
                }
            });
            return object;
        };
    }

    private static JsonNode parts(JsonNode parts) {
        return members(Map.of(), Set.of("province", "city", "county")).apply(parts);
    }

    /** Its form stays, its values go. */
    private static JsonNode hidden(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(hidden(member.getValue())));
            return object;
        }
        if (value instanceof ArrayNode list) {
            return each(list, HIDDEN);
        }
        return value.isTextual() ? TextNode.valueOf(Masked.WHOLE) : NullNode.getInstance();
    }
}
