package isthmus.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A first pull and mapping from columns that were found: what can be guessed is written, what cannot is left to lint. */
public final class Draft {
    private final String pull;
    private final String entity;
    private final List<Found> columns;
    private final List<String> key;
    private final @Nullable String cursor;
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();

    /**
     * A column as it was found.
     *
     * @param type as in system.yaml, without {@code classified}
     * @param classified true where its name speaks of a person
     */
    public record Found(String name, String type, boolean classified) {}

    /** @param cursor the change-time column, or null */
    public Draft(String pull, String entity, List<Found> columns, List<String> key, @Nullable String cursor) {
        this.pull = pull;
        this.entity = entity;
        this.columns = List.copyOf(columns);
        this.key = List.copyOf(key);
        this.cursor = cursor;
    }

    /** The type of a column by its values; those without any are text. */
    public static String typeOf(List<String> values) {
        List<String> filled = values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (filled.isEmpty()) {
            return "text";
        }
        if (filled.stream().allMatch(value -> value.matches("[12][0-9]{3}-?[01][0-9]-?[0-3][0-9]"))) {
            return "date";
        }
        if (filled.stream().allMatch(value -> value.matches("[12][0-9]{3}-[01][0-9]-[0-3][0-9][ T][0-9:.]+.*"))) {
            return "time";
        }
        if (filled.stream().allMatch(value -> value.matches("-?[0-9]{1,15}\\.[0-9]{1,9}"))) {
            int places = filled.stream()
                    .mapToInt(value -> value.length() - value.indexOf('.') - 1)
                    .max()
                    .orElse(2);
            return "decimal(" + places + ")";
        }
        return "text";
    }

    /** True where a column's name speaks of a person. */
    public static boolean isPersonal(String column) {
        return column.toLowerCase(Locale.ROOT)
                .matches(".*(name|addr|phone|mobile|tel|mail|idno|id_no|cert|birth|contact).*");
    }

    public String pull() {
        return pull;
    }

    public String entity() {
        return entity;
    }

    /**
     * The pull as it stands under {@code pulls:}.
     *
     * @param settings lines of what only the transport understands
     */
    public String pull(List<String> settings) {
        StringBuilder out = new StringBuilder("  " + pull + ":\n");
        out.append("    entities: [").append(entity).append("]\n");
        out.append("    key: [").append(String.join(", ", key)).append("]");
        out.append(key.isEmpty() ? "   # nothing says what makes a row one row\n" : "\n");
        if (cursor != null) {
            out.append("    cursor: {time: ").append(cursor).append(", overlap: PT5M}   # isthmus check measures it\n");
        }
        out.append("    columns:\n");
        for (Found column : columns) {
            String personal = column.classified() ? " classified" : "";
            out.append("      ")
                    .append(column.name())
                    .append(": ")
                    .append(column.type())
                    .append(personal)
                    .append('\n');
        }
        if (!settings.isEmpty()) {
            out.append("    settings:\n");
            settings.forEach(line -> out.append("      ").append(line).append('\n'));
        }
        return out.toString();
    }

    /**
     * The query of the pull.
     *
     * @param url of the database, which says how it is asked
     */
    public String query(String table, String url) {
        return Dialect.of(url).query(table, columns, key, cursor);
    }

    /** A mapping in which every required field has a line, or a comment that says what is missing. */
    public String mapping() {
        StringBuilder out =
                new StringBuilder("# yaml-language-server: $schema=../../docs/schema/mapping.schema.json\n");
        out.append("from: ").append(pull).append("\nversion: 1\nid: \"");
        out.append(String.join("/", key.stream().map(this::place).toList())).append("\"\n");
        out.append(cursor == null ? "changed: {origin: time, tie: ordinal}\n" : "changed: {column: " + cursor + "}\n");
        if (columns.stream().anyMatch(Found::classified)) {
            out.append("personal: true\n");
        }
        out.append("\nfields:\n");
        Shape shape = Shape.of(entity);
        if (shape != null) {
            TreeSet<String> optional = new TreeSet<>(shape.members());
            // When a record holds is seldom a column; a date that happens to fit would be wrong quietly.
            optional.removeAll(List.of("validFrom", "validTo", "ext"));
            for (String name : shape.required()) {
                optional.remove(name);
                if (!name.equals("id")) {
                    Shape member = shape.member(name);
                    String line = member == null ? null : line(name, member, true);
                    out.append(line == null ? "  # " + name + ": " + wanted(member) : "  " + name + ":  " + line)
                            .append('\n');
                }
            }
            for (String name : optional) {
                Shape member = shape.member(name);
                String line = member == null ? null : line(name, member, false);
                out.append(line == null ? "" : "  " + name + "?:  " + line + "\n");
            }
        }
        return out.toString();
    }

    private String place(String column) {
        String type = columns.stream()
                .filter(found -> found.name().equals(column))
                .map(Found::type)
                .findFirst()
                .orElse("text");
        return "{" + column + (type.equals("date") || type.equals("time") ? ":" + type : "") + "}";
    }

    private static String wanted(@Nullable Shape member) {
        if (member == null) {
            return "?";
        }
        String inside = member.isObject()
                ? " of " + member.required()
                : member.isArray() ? " of " + member.items().required() : "";
        return "write a line; it is " + member.wanted() + inside;
    }

    private @Nullable String line(String name, Shape member, boolean required) {
        if (name.equals("currency")) {
            return "{constant: CNY}   # which is it?";
        }
        if (name.equals("timeZone")) {
            return "{zone: system}";
        }
        String kind = member.kind();
        Found column = best(name, kind);
        if (column == null) {
            return null;
        }
        kinds.put(column.name(), kind);
        return switch (kind) {
            case "urn" ->
                Shape.of(name.toLowerCase(Locale.ROOT)) == null
                        ? null
                        : "{ref: " + name.toLowerCase(Locale.ROOT) + ", key: \"" + place(column.name()) + "\"}";
            case "money" -> "{money: " + column.name() + "}";
            case "decimal" -> "{decimal: " + column.name() + "}";
            case "price" -> "{price: " + column.name() + "}";
            case "instant" -> "{time: " + column.name() + "}";
            case "localDate" -> "{date: " + column.name() + "}";
            case "text" -> "{text: " + column.name() + "}";
            case "address" -> "{address: " + column.name() + "}";
            case "code" -> {
                String table = pull + "." + column.name();
                codes.put(table, "code,value,comment\n");
                yield "{code: " + column.name() + ", table: " + table + "}   # fill codes/" + table
                        + ".csv; dryrun lists what comes";
            }
            default -> name.equals("name") && required ? "{name: " + column.name() + "}" : null;
        };
    }

    /** The column whose name shares most with a field's, among those of a fitting type. */
    private @Nullable Found best(String field, String kind) {
        Found best = null;
        int most = 0;
        for (Found column : columns) {
            // A legacy system keeps anything as text, so text is the second choice for everything.
            int weight = fits(kind, column.type()) ? 3 : column.type().equals("text") ? 2 : 0;
            int score = weight * likeness(field, column.name());
            if (score > most) {
                most = score;
                best = column;
            }
        }
        return best;
    }

    private static boolean fits(String kind, String type) {
        return switch (kind) {
            case "money", "decimal", "price" -> type.startsWith("decimal");
            case "instant" -> type.equals("time");
            case "localDate" -> type.equals("date");
            default -> type.equals("text");
        };
    }

    private static int likeness(String field, String column) {
        String[] words =
                field.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).split(" ");
        String[] names = column.replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("[_ ]");
        int score = 0;
        for (String word : words) {
            String stem = word.substring(0, Math.min(3, word.length()));
            score += (int) Arrays.stream(names)
                    .filter(name -> name.startsWith(stem) || synonyms(word, name))
                    .count();
        }
        return score;
    }

    private static boolean synonyms(String word, String name) {
        return switch (word) {
            case "amount" -> name.equals("amt") || name.equals("sum");
            case "at" -> name.equals("time") || name.equals("ts");
            case "account" -> name.equals("cons") || name.equals("acct");
            case "channel" -> name.equals("chn");
            case "paid" -> name.equals("pay");
            default -> false;
        };
    }

    /** The code tables that the mapping names, still empty, by file name without ending; known once it was written. */
    public Map<String, String> codes() {
        return codes;
    }

    /**
     * A made-up piece, once the mapping is written: nothing of a real person ever stands in a sample.
     *
     * @param isGood false for one without its key, which is refused
     */
    public String sample(boolean isGood) {
        List<String> values = new ArrayList<>();
        for (Found column : columns) {
            boolean isKey = key.contains(column.name());
            values.add("    \"" + column.name() + "\": " + (isKey && !isGood ? "null" : "\"" + madeUp(column) + "\""));
        }
        return "{\n  \"pull\": \"" + pull
                + "\",\n  \"at\": \"2026-11-02T08:00:00+08:00\",\n  \"ordinal\": 1,\n  \"values\": {\n"
                + String.join(",\n", values) + "\n  }\n}\n";
    }

    /** What such a column could hold, by its type or, where that is only text, by what the mapping reads it as. */
    private String madeUp(Found column) {
        if (column.type().startsWith("decimal")) {
            int places = Integer.parseInt(column.type().replaceAll("[^0-9]", ""));
            return places == 0 ? "12" : "12." + "5" + "0".repeat(places - 1);
        }
        String kind = column.type().equals("text") ? kinds.getOrDefault(column.name(), "text") : column.type();
        return switch (kind) {
            case "date", "localDate" -> "2026-11-01";
            case "time", "instant" -> "2026-11-01 08:00:00";
            case "money", "decimal", "price" -> "12.50";
            default -> "1";
        };
    }
}
