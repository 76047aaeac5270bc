package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.catalog.Column;
import isthmus.catalog.FieldSpec;
import isthmus.catalog.FieldSpec.Conversion;
import isthmus.catalog.FieldSpec.KeyPart;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of each field of a record by which line of its mapping it is filled, and from which columns. */
final class FieldRules {
    private static final int SHOWN = 3;

    private final MappingSpec mapping;
    private final String file;
    private final JsonNode record;
    private final Set<String> classified = new TreeSet<>();
    private final List<Field> fields = new ArrayList<>();

    private FieldRules(MappingSpec mapping, Pull pull, JsonNode record) {
        this.mapping = mapping;
        this.file = mapping.file().substring(mapping.file().lastIndexOf('/') + 1);
        this.record = record;
        classify("", pull.columns());
        pull.children().forEach((child, columns) -> classify(child + ".", columns));
    }

    /** In the order of the mapping, the id first. */
    static List<Field> of(MappingSpec mapping, Pull pull, JsonNode record) {
        FieldRules rules = new FieldRules(mapping, pull, record);
        rules.id();
        rules.days();
        mapping.fields().forEach(field -> rules.field(field, "", "", record));
        return rules.fields;
    }

    private void classify(String prefix, List<Column> columns) {
        columns.stream().filter(Column::classified).forEach(column -> classified.add(prefix + column.name()));
    }

    private void id() {
        add("/id", columns(mapping.id(), ""), "key " + template(mapping.id()), file, record.path("id"));
    }

    /** What a row of values by time fills by itself. */
    private void days() {
        MappingSpec.Curve curve = mapping.curve();
        if (curve != null) {
            String first = curve.points().get(0);
            String last = curve.points().get(curve.points().size() - 1);
            add("/localDate", List.of(curve.date()), "curve date", file, record.path("localDate"));
            add(
                    "/values",
                    List.of(first + ".." + last),
                    "curve, " + curve.interval() + " from " + curve.firstPoint() + " on",
                    file,
                    record.path("sum"));
            add(
                    "/quality",
                    Stream.of(curve.wholeFlag(), curve.flag())
                            .filter(Objects::nonNull)
                            .toList(),
                    "curve flags",
                    file,
                    record.path("defaultQuality"));
        }
        MappingSpec.Points points = mapping.points();
        if (points != null) {
            String child = points.rows() + ".";
            add("/localDate", List.of(points.day()), "points day", file, record.path("localDate"));
            add("/values", List.of(child + points.value()), "points", file, record.path("sum"));
            String quality = points.quality();
            if (quality != null) {
                add("/quality", List.of(child + quality), "points quality", file, record.path("defaultQuality"));
            }
        }
    }

    private void field(FieldSpec field, String base, String child, JsonNode within) {
        String path = field.path().isEmpty() ? base : base + "/" + field.path();
        JsonNode value = field.path().isEmpty() ? within : within.at("/" + field.path());
        switch (field.conversion()) {
            case OBJECT -> field.members().forEach(member -> field(member, path, child, value));
            case EACH -> field.members().forEach(member -> field(member, path + "/*", field.word() + ".", value));
            case LIST -> {
                for (int i = 0; i < field.members().size(); i++) {
                    FieldSpec item = field.members().get(i);
                    boolean isWhole = value.size() == field.members().size();
                    field(item, path + "/" + i, child, isWhole ? value.path(i) : alike(item, value));
                }
            }
            default -> {
                List<String> columns = field.conversion() == Conversion.REF
                        ? columns(field.key(), child)
                        : field.columns().stream().map(column -> child + column).toList();
                add(path, columns, rule(field), file + ":" + field.line(), listed(field, within, value));
            }
        }
    }

    /** Items without a value are left out of a list; the others are known by what the mapping says outright of each. */
    private static JsonNode alike(FieldSpec item, JsonNode list) {
        List<FieldSpec> said = item.members().stream()
                .filter(member -> member.conversion() == Conversion.CONSTANT)
                .toList();
        for (JsonNode one : list) {
            if (!said.isEmpty()
                    && said.stream()
                            .allMatch(member ->
                                    one.at("/" + member.path()).asText().equals(member.word()))) {
                return one;
            }
        }
        return list.path(-1);
    }

    /** Of a member of every item: the items are in {@code within} then. */
    private static JsonNode listed(FieldSpec field, JsonNode within, JsonNode value) {
        return within.isArray() && !field.path().isEmpty() ? within : value;
    }

    private void add(String path, List<String> columns, String rule, String at, JsonNode value) {
        boolean personal = columns.stream().anyMatch(classified::contains);
        String name = path.substring(path.lastIndexOf("*") + 1);
        fields.add(new Field(path, columns, rule, at, personal ? null : text(value, name), personal));
    }

    private static @Nullable String text(JsonNode value, String name) {
        if (value.isArray()
                && !value.isEmpty()
                && !name.isEmpty()
                && value.path(0).isObject()) {
            List<String> some = new ArrayList<>();
            value.forEach(item -> {
                JsonNode one = item.at(name);
                if (one.isValueNode() && !one.isNull()) {
                    some.add(one.asText());
                }
            });
            String shown = some.stream().limit(SHOWN).collect(Collectors.joining(", "));
            return some.isEmpty() ? null : shown + (some.size() > SHOWN ? ", … (" + some.size() + ")" : "");
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static String rule(FieldSpec field) {
        StringBuilder rule = new StringBuilder(field.conversion().word());
        String word = field.word();
        if (word != null) {
            rule.append(' ').append(word);
        }
        if (field.conversion() == Conversion.REF) {
            rule.append(' ').append(template(field.key()));
        }
        field.options().forEach((name, values) -> {
            if (!name.equals("key") && !name.equals("when")) {
                rule.append(", ").append(name).append(' ').append(String.join(" ", values));
            }
        });
        return rule.toString();
    }

    private static String template(List<KeyPart> key) {
        return key.stream()
                .map(part -> part.kind() == KeyPart.Kind.LITERAL ? part.text() : "{" + part.text() + "}")
                .collect(Collectors.joining());
    }

    private static List<String> columns(List<KeyPart> key, String child) {
        Set<String> columns = new LinkedHashSet<>();
        key.stream()
                .filter(part -> part.kind() != KeyPart.Kind.LITERAL)
                .flatMap(part -> Stream.of(part.text().split("\\|")))
                .forEach(column -> columns.add(child + column));
        return List.copyOf(columns);
    }
}
