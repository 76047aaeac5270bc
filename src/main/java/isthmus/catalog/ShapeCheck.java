package isthmus.catalog;

import isthmus.catalog.FieldSpec.Conversion;
import isthmus.catalog.FieldSpec.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds a mapping against the published JSON Schema of its entity: no field that nobody reads, none missing, none of a wrong kind. */
final class ShapeCheck {
    private static final Set<String> CURVE = Set.of(
            "localDate",
            "start",
            "end",
            "intervalLength",
            "expected",
            "received",
            "values",
            "scale",
            "defaultQuality",
            "quality",
            "sum");

    private static final Set<String> POINTS = Set.of("unit", "ucum");

    private final String file;
    private final Problems problems;

    ShapeCheck(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @param root the mapping that the fields are of */
    void check(String entity, List<FieldSpec> fields, Section root) {
        Shape shape = Shape.of(entity);
        if (shape != null) {
            members(shape, fields, entity, filled(root), root.line("fields"));
        }
    }

    /** What nobody writes a line for: the hub fills it, or what deals out the intervals of a day. */
    private static Set<String> filled(Section root) {
        Set<String> filled = new TreeSet<>(Set.of("id"));
        if (root.has("curve") || root.has("points")) {
            filled.addAll(CURVE);
        }
        if (root.has("points")) {
            filled.addAll(POINTS);
        }
        return filled;
    }

    private void members(Shape shape, List<FieldSpec> fields, String what, Set<String> filled, int line) {
        Map<String, List<FieldSpec>> byName = new LinkedHashMap<>();
        for (FieldSpec field : fields) {
            String name = field.path().split("/", 2)[0];
            byName.computeIfAbsent(name, missing -> new ArrayList<>()).add(field);
        }
        byName.forEach((name, inside) -> {
            FieldSpec first = inside.get(0);
            Shape member = shape.member(name);
            if (member == null) {
                String known = String.join(", ", shape.members());
                add(
                        first.line(),
                        what + " has no field " + name,
                        "known here: " + known + "; what is yours alone goes to ext");
            } else if (first.path().equals(name)) {
                field(member, first, name);
            } else if (!member.isObject()) {
                add(first.line(), name + " has no fields of its own", "it is " + member.wanted());
            } else {
                members(
                        member,
                        inside.stream().map(field -> below(field, name)).toList(),
                        name,
                        Set.of(),
                        first.line());
            }
        });
        for (String name : shape.required()) {
            List<FieldSpec> given = byName.get(name);
            if (given == null && !filled.contains(name)) {
                add(line, what + " needs " + name, "write a line for it; it is " + wanted(shape, name));
            } else if (given != null
                    && given.get(0).presence() != Presence.REQUIRED
                    && given.get(0).path().equals(name)) {
                add(
                        given.get(0).line(),
                        what + " needs " + name,
                        "take the mark ? away; give a default where it can be empty");
            }
        }
    }

    private static String wanted(Shape shape, String name) {
        Shape member = shape.member(name);
        return member == null ? "anything" : member.wanted();
    }

    private static FieldSpec below(FieldSpec field, String name) {
        return new FieldSpec(
                field.path().substring(name.length() + 1),
                field.presence(),
                field.conversion(),
                field.columns(),
                field.word(),
                field.options(),
                field.table(),
                field.key(),
                field.members(),
                field.line());
    }

    private void field(Shape shape, FieldSpec field, String name) {
        switch (field.conversion()) {
            case OBJECT -> members(shape, field.members(), name, Set.of(), field.line());
            case EACH -> {
                type(shape, field, name, "array");
                members(shape.items(), field.members(), name, Set.of(), field.line());
            }
            case LIST -> {
                type(shape, field, name, "array");
                field.members().forEach(item -> field(shape.items(), item, name));
            }
            case CONSTANT -> constant(shape, field, name);
            case CODE -> {
                if (field.table() != null) {
                    field.table().values().values().forEach(value -> text(shape, field, name, value));
                }
                String unknown = field.option("unknown");
                if (!FieldSpec.REFUSE.equals(unknown)) {
                    text(shape, field, name, unknown == null ? "other" : unknown);
                }
            }
            case MATCH -> {
                text(shape, field, name, String.valueOf(field.option("then")));
                text(shape, field, name, String.valueOf(field.option("otherwise")));
            }
            case INTEGER -> type(shape, field, name, "integer");
            case BOOLEAN -> type(shape, field, name, "boolean");
            case PHONES -> type(shape, field, name, "array");
            case NAME, ADDRESS, IDENTITY -> type(shape, field, name, "object");
            default -> text(shape, field, name, witness(field.conversion()));
        }
        String fallback = field.option("default");
        if (fallback != null && shape.allowsType("string")) {
            text(shape, field, name, fallback);
        }
    }

    /** A value that the conversion may write; null where it may be any text. */
    private static @Nullable String witness(Conversion conversion) {
        return switch (conversion) {
            case MONEY -> "1.25";
            case DECIMAL, PRICE, FACTOR -> "1.5";
            case DATE -> "2026-11-01";
            case TIME -> "2026-11-01T08:00:00+08:00";
            case REF -> "urn:isthmus:a:b:c:1";
            default -> null;
        };
    }

    private void constant(Shape shape, FieldSpec field, String name) {
        String as = field.option("as");
        if (field.word() == null) {
            return;
        }
        if (as == null || as.equals("text")) {
            text(shape, field, name, field.word());
        } else if (as.equals("integer") && field.word().matches("-?[0-9]{1,15}")) {
            type(shape, field, name, "integer");
        } else if (as.equals("boolean") && field.word().matches("true|false")) {
            type(shape, field, name, "boolean");
        } else {
            add(
                    field.line(),
                    field.word() + " as " + as,
                    "write as: integer or as: boolean; money and energy are text");
        }
    }

    private void text(Shape shape, FieldSpec field, String name, @Nullable String value) {
        boolean fits = value == null ? shape.allowsType("string") : shape.allowsText(value);
        if (!fits) {
            String word = field.conversion().word();
            String what = value == null || witness(field.conversion()) != null ? "a " + word : word + " " + value;
            add(field.line(), what + " does not fit " + name, "it is " + shape.wanted());
        }
    }

    private void type(Shape shape, FieldSpec field, String name, String type) {
        if (!shape.allowsType(type)) {
            add(field.line(), "a " + field.conversion().word() + " does not fit " + name, "it is " + shape.wanted());
        }
    }

    private void add(int line, String what, String hint) {
        problems.add(file, line, what, hint);
    }
}
