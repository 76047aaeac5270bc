package isthmus.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.Entities;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The feed as an AsyncAPI 3.0 document, made from the entities and their published schemas (model.md, appendix B); it holds
 * every schema that it speaks of, so that no reader needs anything besides.
 */
public final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String MESSAGES = "#/components/messages/";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String TOMBSTONE = "tombstone";
    private static final List<Notice> BULLETINS = List.of(
            new Notice("night", "org.isthmus.reconcile.night.v1", "One event when a night has counted both shores."),
            new Notice(
                    "day",
                    Days.Day.TYPE,
                    "One event when a local day of a system can be judged, and one more whenever late data change it."));

    private final Map<String, JsonNode> editions;
    private final ObjectNode document = JSON.createObjectNode();
    private final ObjectNode channels;
    private final ObjectNode operations;
    private final ObjectNode messages;
    private final ObjectNode schemas;

    /** What is told on a topic of its own and is no change of a record. */
    private record Notice(String thing, String type, String description) {}

    private AsyncApi(Map<String, JsonNode> editions) {
        this.editions = editions;
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Isthmus unified feed")
                .put("version", "1.0")
                .put("description", """
                        Every change of every record, in order. One topic an entity, compacted by the record's id, which is the \
                        key; the partition is murmur2(partitionkey) mod partitions, so that an aggregate stays in order. Read \
                        with isolation.level=read_committed. An event may come again, with the same id; apply it when its \
                        sequence sorts after the one that you have. A hub whose isthmus.feed.mode is binary tells the same \
                        attributes as headers, ce_ before their names, and the data as the value, application/json.""")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", STRUCTURED);
        channels = document.putObject("channels");
        operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        messages = components.putObject("messages");
        schemas = components.putObject("schemas");
    }

    /** The document of what this build tells. */
    public static JsonNode document() {
        AsyncApi made = new AsyncApi(SchemaEditions.current());
        Entities.ALL.forEach(made::entity);
        made.tombstone();
        BULLETINS.forEach(made::bulletin);
        made.editions.forEach(made::schema);
        return made.document;
    }

    /** The same in YAML. */
    public static String yaml() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(140)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(JSON.convertValue(document(), Object.class));
    }

    private void entity(String entity) {
        ObjectNode channel = channel(entity, Topics.PARTITIONS, "Every change of every " + entity + ".");
        for (String op : List.of("upsert", "delete")) {
            String name = entity + '.' + op;
            boolean isDelete = op.equals("delete");
            ObjectNode narrowed = message(
                    channel,
                    name,
                    isDelete
                            ? "A " + entity + " that its source no longer has."
                            : "A " + entity + ", whole, as it is now.",
                    "event");
            narrowed.putObject("type").put("const", "org.isthmus." + name + ".v1");
            narrowed.putObject("dataschema")
                    .put(
                            "const",
                            Objects.requireNonNull(editions.get(entity))
                                    .path("$id")
                                    .asText());
            narrowed.putObject("data")
                    .put("type", "object")
                    .putObject("properties")
                    .putObject("record")
                    .put("$ref", SCHEMAS + (isDelete ? "deleted" : entity));
        }
        refer(channel, TOMBSTONE);
    }

    private void bulletin(Notice bulletin) {
        ObjectNode channel = channel(bulletin.thing(), Bulletin.PARTITIONS, bulletin.description());
        ObjectNode narrowed = message(channel, bulletin.thing(), bulletin.description(), "bulletin");
        narrowed.putObject("type").put("const", bulletin.type());
        narrowed.putObject("data").put("$ref", SCHEMAS + bulletin.thing());
    }

    private ObjectNode channel(String thing, int partitions, String description) {
        ObjectNode channel =
                channels.putObject(thing).put("address", Topics.of(thing)).put("description", description);
        channel.putObject("messages");
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", Topics.of(thing)).put("partitions", partitions);
        kafka.putObject("topicConfiguration").putArray("cleanup.policy").add("compact");
        ObjectNode operation = operations.putObject("tell." + thing).put("action", "send");
        operation.putObject("channel").put("$ref", "#/channels/" + thing);
        return channel;
    }

    /** The properties that tell the message from others in the same envelope. */
    private ObjectNode message(ObjectNode channel, String name, String summary, String envelope) {
        ObjectNode message = keyed(name, summary);
        message.put("contentType", STRUCTURED);
        var all = message.putObject("payload").putArray("allOf");
        all.addObject().put("$ref", SCHEMAS + envelope);
        ObjectNode narrowed = all.addObject().put("type", "object").putObject("properties");
        refer(channel, name);
        return narrowed;
    }

    private void tombstone() {
        keyed(TOMBSTONE, "No value: the record was deleted long ago, and compaction may forget its key.")
                .putObject("payload")
                .put("type", "null");
    }

    private ObjectNode keyed(String name, String summary) {
        ObjectNode message = messages.putObject(name).put("name", name).put("summary", summary);
        message.putObject("bindings")
                .putObject("kafka")
                .putObject("key")
                .put("type", "string")
                .put("description", "The id of what the event is about, in UTF-8.");
        return message;
    }

    private static void refer(ObjectNode channel, String message) {
        ((ObjectNode) channel.get("messages")).putObject(message).put("$ref", MESSAGES + message);
    }

    /** The common value types become schemas of their own, so that no reference leaves the document. */
    private void schema(String name, JsonNode schema) {
        if (name.equals("common")) {
            schema.path("$defs").properties().forEach(type -> add(type.getKey(), type.getValue()));
        } else {
            add(name, schema);
        }
    }

    private void add(String name, JsonNode schema) {
        if (schemas.has(name)) {
            throw new IllegalStateException("two schemas are called " + name);
        }
        ObjectNode copy = (ObjectNode) inside(schema);
        copy.remove(List.of("$schema", "$id", "version"));
        schemas.set(name, copy);
    }

    private static JsonNode inside(JsonNode schema) {
        if (schema.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            schema.forEach(one -> list.add(inside(one)));
            return list;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(field -> {
            if (field.getKey().equals("$ref")) {
                copy.put(
                        "$ref",
                        field.getValue()
                                .asText()
                                .replaceFirst("^.*#/\\$defs/", SCHEMAS)
                                .replaceFirst("^([a-z]+)\\.json#/properties/", SCHEMAS + "$1/properties/"));
            } else {
                copy.set(field.getKey(), inside(field.getValue()));
            }
        });
        return copy;
    }
}
