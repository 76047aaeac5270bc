package isthmus.catalog;

import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.catalog.FieldSpec.Conversion;
import isthmus.catalog.FieldSpec.KeyPart;
import isthmus.catalog.FieldSpec.Presence;
import isthmus.model.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the field lines of a mapping, {@code path: {conversion: COLUMN, option: value}}, and checks every name in them. */
final class MappingFields {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}:]+)(?::(date|time))?}");

    private final Layout layout;
    private final Map<String, CodeTable> tables;

    MappingFields(Pull pull, Map<String, CodeTable> tables) {
        this.layout = pull.layout();
        this.tables = tables;
    }

    /** The members of an object; child is the child table whose columns they read, or empty. */
    List<FieldSpec> members(Section section, String child) {
        Map<String, FieldSpec> members = new LinkedHashMap<>();
        for (String key : section.keys()) {
            String path = key.replaceAll("\\?{1,2}$", "");
            Presence presence = Presence.values()[key.length() - path.length()];
            if (!path.matches("[A-Za-z0-9.]+(/[A-Za-z0-9.]+)*")) {
                section.problem(key, "not a path: " + key, "write names joined with /, then ? or ??");
            } else if (!section.isSection(key)) {
                section.problem(key, key + " has no conversion", "write {conversion: COLUMN}");
            } else if (members.put(path, field(path, presence, section.section(key), child)) != null) {
                section.problem(key, "field twice: " + path, "keep one");
            }
        }
        return List.copyOf(members.values());
    }

    private FieldSpec field(String path, Presence presence, Section line, String child) {
        String word = line.keys().stream()
                .filter(key -> Conversion.of(key) != null)
                .findFirst()
                .orElse("");
        Conversion conversion = Conversion.of(word);
        if (conversion == null) {
            String known =
                    Arrays.stream(Conversion.values()).map(Conversion::word).collect(Collectors.joining(", "));
            String unknown = line.keys().stream()
                    .filter(key -> !Conversion.isOption(key))
                    .findFirst()
                    .orElse("");
            line.problem(unknown, "unknown conversion in " + line.keys(), "known here: " + known);
            return new FieldSpec(
                    path,
                    presence,
                    Conversion.CONSTANT,
                    List.of(),
                    null,
                    Map.of(),
                    null,
                    List.of(),
                    List.of(),
                    line.line());
        }
        List<String> columns = new ArrayList<>();
        List<FieldSpec> members = new ArrayList<>();
        String value = null;
        switch (conversion.takes()) {
            case COLUMN -> columns.add(line.required(word, "name a column"));
            case COLUMNS -> columns.addAll(line.texts(word));
            case WORD -> value = line.text(word);
            case ITEMS -> line.sections(word).forEach(item -> members.add(field("", Presence.ABSENT, item, child)));
            case MEMBERS -> members.addAll(members(line.section(word), child));
        }
        columns.forEach(column -> column(line, word, column, child));
        if (conversion == Conversion.EACH) {
            String table = value == null ? "" : value;
            if (layout.child(table) == null) {
                line.problem(word, "no child table " + table, "known here: " + layout.childNames());
            } else {
                members.addAll(members(line.section("object"), table));
            }
        }
        Map<String, List<String>> options = options(line, conversion);
        FieldSpec field = new FieldSpec(
                path,
                presence,
                conversion,
                columns,
                value,
                options,
                table(line, conversion, columns, options),
                conversion == Conversion.REF
                        ? keyParts(line, "key", line.required("key", "write \"{COLUMN}\""), child)
                        : List.of(),
                members,
                line.line());
        check(field, line, child);
        line.rejectUnknown();
        return field;
    }

    private static Map<String, List<String>> options(Section line, Conversion conversion) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of("default", "when"));
        names.addAll(conversion.options());
        for (String name : names) {
            if (line.has(name) && !name.equals("object") && !name.equals(conversion.word())) {
                options.put(name, line.texts(name));
            }
        }
        return options;
    }

    private @Nullable CodeTable table(
            Section line, Conversion conversion, List<String> columns, Map<String, List<String>> options) {
        List<String> named = options.getOrDefault("table", List.of());
        if (conversion == Conversion.CODE) {
            if (named.isEmpty()) {
                line.problem("code", "a code without table", "write table: <table>.<column>");
                return null;
            }
            return table(line, "table", named.get(0), columns.get(0));
        }
        List<String> type = options.getOrDefault("type", List.of(""));
        return named.isEmpty() ? null : table(line, "table", named.get(0), type.get(0));
    }

    @Nullable
    CodeTable table(Section line, String key, String name, String column) {
        CodeTable table = tables.get(name);
        if (table == null) {
            line.problem(key, "no code table " + name, "known here: " + String.join(", ", tables.keySet()));
        } else if (!table.column().equals(column)) {
            line.problem(key, name + " is not a table of " + column, "bind the table of the column that is read");
        }
        return table;
    }

    private void check(FieldSpec field, Section line, String child) {
        List<String> named = new ArrayList<>(field.options().getOrDefault("when", List.of()));
        switch (field.conversion()) {
            case PHONES -> named.addAll(field.options().getOrDefault("email", List.of()));
            case IDENTITY -> {
                named.addAll(field.options().getOrDefault("type", List.of()));
                if (field.table() == null) {
                    line.problem("identity", "an identity without type and table", "write type: and table:");
                }
            }
            case MATCH, NAME -> pattern(field, line);
            case BOOLEAN -> {
                if (field.option("yes") == null || field.option("no") == null) {
                    line.problem("boolean", "a boolean without yes and no", "declare both");
                }
            }
            case EACH -> where(field, line);
            case INTEGER, LIST, TEXT -> numbers(field, line);
            case ZONE -> {
                if (!"system".equals(field.word())) {
                    line.problem("zone", "unknown zone " + field.word(), "write zone: system; system.yaml names it");
                }
            }
            default -> {}
        }
        named.forEach(column -> column(line, "when", column, child));
    }

    private static void pattern(FieldSpec field, Section line) {
        String name = field.conversion() == Conversion.NAME ? "placeholder" : "pattern";
        String pattern = field.option(name);
        if (pattern == null) {
            if (field.conversion() == Conversion.MATCH) {
                line.problem("match", "no pattern", "write pattern:, then: and otherwise:");
            }
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException fault) {
            line.problem(name, "not a pattern: " + fault.getDescription(), "a java.util.regex pattern");
        }
    }

    private void where(FieldSpec field, Section line) {
        numbers(field, line);
        String where = field.option("where");
        if (where != null && !where.matches("\\S+ = \\S+")) {
            line.problem("where", "not a condition: " + where, "write COLUMN = VALUE");
        } else if (where != null) {
            column(line, "where", where.substring(0, where.indexOf(' ')), String.valueOf(field.word()));
        }
    }

    private static void numbers(FieldSpec field, Section line) {
        for (String name : List.of("from", "to", "atLeast", "max")) {
            String value = field.option(name);
            if (value != null && !value.matches("-?[0-9]{1,15}")) {
                line.problem(name, "not a whole number: " + value, "write digits");
            }
        }
    }

    /** Reads {@code text{COLUMN}text{COLUMN:date}} into its parts. */
    List<KeyPart> keyParts(Section line, String key, String template, String child) {
        List<KeyPart> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(template);
        int at = 0;
        while (place.find()) {
            literal(line, key, template.substring(at, place.start()), parts);
            List.of(place.group(1).split("\\|")).forEach(column -> column(line, key, column, child));
            KeyPart.Kind kind = place.group(2) == null
                    ? KeyPart.Kind.TEXT
                    : place.group(2).equals("date") ? KeyPart.Kind.DATE : KeyPart.Kind.TIME;
            parts.add(new KeyPart(kind, place.group(1)));
            at = place.end();
        }
        literal(line, key, template.substring(at), parts);
        if (parts.stream().allMatch(part -> part.kind() == KeyPart.Kind.LITERAL)) {
            line.problem(key, "a key of no column: " + template, "write \"{COLUMN}\"");
        }
        return parts;
    }

    private static void literal(Section line, String key, String text, List<KeyPart> parts) {
        if (text.matches(".*[^A-Za-z0-9._~/-].*")) {
            line.problem(key, "not for a key: " + text, "write letters, digits, {COLUMN}, {COLUMN:date}, / and -");
        } else if (!text.isEmpty()) {
            parts.add(new KeyPart(KeyPart.Kind.LITERAL, text));
        }
    }

    /** Reports a column that the pull, or its child table, does not have. */
    void column(Section line, String key, String column, String child) {
        Layout columns = child.isEmpty() ? layout : layout.child(child);
        if (columns != null && columns.indexOf(column) < 0) {
            line.problem(key, "unknown column " + column, "known here: " + String.join(", ", columns.columns()));
        }
    }
}
