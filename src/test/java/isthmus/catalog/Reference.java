package isthmus.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.catalog.FieldSpec.Conversion;
import isthmus.model.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;

/** What may stand in system.yaml and mapping.yaml, told from what reads them: as a page, and as JSON Schema for editors. */
@NullUnmarked
final class Reference {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SYSTEM = Map.of(
            "system", "The folder's name; the silo in every id, for ever.",
            "title", "What people call it.",
            "owner", "Who answers when it is down.",
            "transport", "The way in.",
            "zone", "The IANA zone of its naive times; no default.",
            "charset", "The charset of its bytes; no default.",
            "every", "How often it is polled, ISO 8601; PT1M.",
            "connection", "How it is reached; the only place where ${NAME} stands for an environment variable.",
            "pulls", "By name: a query, a kind of file, an operation.");
    private static final Map<String, String> PULL = Map.of(
            "entities", "The mappings that each row is offered to.",
            "key", "The native key columns, in order; neighbouring rows of one key are one piece.",
            "cursor",
                    "{time: COLUMN, overlap: PT5M}: how changed rows are found; left out, everything is read every time.",
            "columns",
                    "By name: text, decimal(places), date or time, then classified for personal data; E1..E96 for many.",
            "children", "Columns of child rows, by child table.",
            "settings", "What only the transport understands.",
            "deletes",
                    "`{every: P1D, atMost: 1%}`: how often the keys of both shores are compared, and the greatest loss believed.",
            "rejects", "`{most: 20%, from: 1000}`: the pull stops when more of at least so many pieces are refused.");
    private static final Map<String, String> MAPPING = Map.ofEntries(
            Map.entry("from", "The pull whose rows it reads."),
            Map.entry("entity", "The entity of the file's name, where one likes to say it again."),
            Map.entry("version", "Counted up with every change."),
            Map.entry("id", "The record's key: \"{COLUMN}/{COLUMN:date}\"."),
            Map.entry(
                    "changed", "{column: X}, or {origin: time} for snapshots, {origin: time, tie: ordinal} for files."),
            Map.entry("partition", "The reference whose aggregate keeps the order; without it the record itself."),
            Map.entry("personal", "true: the content hash is keyed."),
            Map.entry("valid", "Fields from and to which it holds."),
            Map.entry("money", "The field that the night adds up."),
            Map.entry("energy", "The field that the night adds up."),
            Map.entry("require", "{COLUMN: text}, else the piece is refused."),
            Map.entry("oneOf", "Columns of which one must hold something."),
            Map.entry("deletedWhen", "{column: X, yes: Y, no: N}: a tombstone."),
            Map.entry("curve", "A wide row of interval values of one local day."),
            Map.entry("fields", "path: {conversion: COLUMN, option: value}; ? writes null, ?? leaves the field out."),
            Map.entry("checks", "Identities of the record that are flagged when they do not hold."));

    private Reference() {}

    /** docs/reference.md. */
    static String page() {
        StringBuilder out = new StringBuilder();
        out.append(
                        "# system.yaml and mapping.yaml\n\nGenerated from the code that reads them; `ReferenceTest` says how to rewrite it. Editors")
                .append(
                        " complete and check with\n`# yaml-language-server: $schema=../../docs/schema/system.schema.json`, or `mapping.schema.json`, as the first line.\n");
        table(out, "system.yaml", "field", SystemReader.KEYS, SYSTEM);
        table(out, "A pull in system.yaml", "field", PullReader.KEYS, PULL);
        out.append("\n## Transports\n\n| transport | connection | settings |\n|---|---|---|\n");
        for (Transport transport : Transport.values()) {
            out.append("| `").append(transport.code()).append("` | ");
            out.append(words(transport.connectionRequired(), transport.connectionOptional()))
                    .append(" | ");
            out.append(words(transport.settingsRequired(), transport.settingsOptional()))
                    .append(" |\n");
        }
        table(out, "mapping.yaml", "field", MappingTable.KEYS, MAPPING);
        out.append(
                        "\n## Conversions\n\nEach also knows `default` and `when`. [mapping.md](mapping.md) tells what they do.\n\n")
                .append("| conversion | takes | options |\n|---|---|---|\n");
        for (Conversion conversion : Conversion.values()) {
            out.append("| `").append(conversion.word()).append("` | ");
            out.append(conversion.takes().name().toLowerCase(java.util.Locale.ROOT))
                    .append(" | ");
            out.append(words(conversion.options(), List.of())).append(" |\n");
        }
        return out.append("\nEntities: ")
                .append(String.join(", ", Entities.SOURCES))
                .append(".\n")
                .toString();
    }

    private static void table(
            StringBuilder out, String title, String head, List<String> keys, Map<String, String> says) {
        out.append("\n## ").append(title).append("\n\n| ").append(head).append(" | says |\n|---|---|\n");
        for (String key : keys) {
            out.append("| `").append(key).append("` | ").append(says.get(key)).append(" |\n");
        }
    }

    private static String words(List<String> required, List<String> optional) {
        List<String> words = new ArrayList<>();
        required.forEach(word -> words.add("`" + word + "`"));
        optional.forEach(word -> words.add("`" + word + "`?"));
        return words.isEmpty() ? "–" : String.join(" ", words);
    }

    /** docs/schema/system.schema.json. */
    static String system() {
        ObjectNode root = object("A legacy system", SystemReader.KEYS, SYSTEM);
        root.putArray("required")
                .add("system")
                .add("transport")
                .add("zone")
                .add("charset")
                .add("connection")
                .add("pulls");
        ObjectNode properties = (ObjectNode) root.get("properties");
        TreeSet<String> connection = new TreeSet<>();
        TreeSet<String> settings = new TreeSet<>();
        var transports = properties.withObjectProperty("transport").putArray("anyOf");
        ArrayNode names = transports.addObject().putArray("enum");
        transports.addObject().put("pattern", "^\\$\\{");
        for (Transport transport : Transport.values()) {
            names.add(transport.code());
            connection.addAll(transport.connectionRequired());
            connection.addAll(transport.connectionOptional());
            settings.addAll(transport.settingsRequired());
            settings.addAll(transport.settingsOptional());
        }
        properties.set("connection", object(SYSTEM.get("connection"), List.copyOf(connection), Map.of()));
        ObjectNode pull = object("A pull", PullReader.KEYS, PULL);
        pull.putArray("required").add("entities").add("key").add("columns");
        ObjectNode inside = (ObjectNode) pull.get("properties");
        inside.withObjectProperty("entities")
                .put("type", "array")
                .putObject("items")
                .putArray("enum");
        Entities.SOURCES.forEach(inside.withObjectProperty("entities")
                .withObjectProperty("items")
                .withArrayProperty("enum")::add);
        inside.set("deletes", object(PULL.get("deletes"), List.of("every", "atMost"), Map.of()));
        inside.set("rejects", object(PULL.get("rejects"), List.of("most", "from"), Map.of()));
        inside.set("cursor", object(PULL.get("cursor"), List.of("time", "overlap"), Map.of()));
        inside.set("columns", columns());
        inside.withObjectProperty("children").put("type", "object").set("additionalProperties", columns());
        inside.set("settings", object(PULL.get("settings"), List.copyOf(settings), Map.of()));
        properties.withObjectProperty("pulls").put("type", "object").set("additionalProperties", pull);
        return text(root);
    }

    private static ObjectNode columns() {
        ObjectNode columns = JSON.createObjectNode().put("type", "object").put("description", PULL.get("columns"));
        columns.putObject("additionalProperties")
                .put("type", "string")
                .put("pattern", "^" + PullReader.TYPE.pattern() + "$");
        return columns;
    }

    /** docs/schema/mapping.schema.json. */
    static String mapping() {
        ObjectNode root = object("A mapping", MappingTable.KEYS, MAPPING);
        root.putArray("required")
                .add("from")
                .add("version")
                .add("id")
                .add("changed")
                .add("fields");
        ObjectNode properties = (ObjectNode) root.get("properties");
        ObjectNode fields = JSON.createObjectNode().put("type", "object").put("description", MAPPING.get("fields"));
        fields.putObject("additionalProperties").put("$ref", "#/$defs/field");
        properties.set("fields", fields);
        ObjectNode field = root.putObject("$defs").putObject("field").put("type", "object");
        ObjectNode words = field.putObject("properties");
        for (Conversion conversion : Conversion.values()) {
            ObjectNode word = words.putObject(conversion.word());
            word.put(
                    "description",
                    "takes " + conversion.takes().name().toLowerCase(java.util.Locale.ROOT) + "; options: "
                            + String.join(" ", conversion.options()));
            conversion.options().forEach(words::putObject);
        }
        words.putObject("default");
        words.putObject("when");
        words.putObject("object")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("$ref", "#/$defs/field");
        words.putObject("list").put("type", "array").putObject("items").put("$ref", "#/$defs/field");
        field.put("additionalProperties", false);
        return text(root);
    }

    private static ObjectNode object(String title, List<String> keys, Map<String, String> says) {
        ObjectNode object = JSON.createObjectNode().put("description", title).put("type", "object");
        ObjectNode properties = object.putObject("properties");
        for (String key : keys) {
            ObjectNode property = properties.putObject(key);
            String sentence = says.get(key);
            if (sentence != null) {
                property.put("description", sentence);
            }
        }
        return object.put("additionalProperties", false);
    }

    private static String text(ObjectNode schema) {
        ObjectNode whole = JSON.createObjectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.setAll(schema);
        return whole.toPrettyString() + "\n";
    }
}
