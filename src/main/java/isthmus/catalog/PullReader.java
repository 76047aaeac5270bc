package isthmus.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one pull of a {@code system.yaml}: its entities, key, cursor and contract. */
final class PullReader {
    private static final Pattern TYPE =
            Pattern.compile("(text|date|time|decimal\\(([0-9]{1,2})\\))( classified)?( at (\\S+))?");
    private static final Pattern RANGE = Pattern.compile("(.*?)([0-9]+)\\.\\.(.*?)([0-9]+)");

    private final String name;
    private final Section section;
    private final @Nullable Transport transport;

    PullReader(String name, Section section, @Nullable Transport transport) {
        this.name = name;
        this.section = section;
        this.transport = transport;
    }

    Pull read() {
        List<String> entities = section.texts("entities");
        if (entities.isEmpty()) {
            section.problem("entities", "pull " + name + " feeds no entity", "entities: [bill]");
        }
        List<Column> columns = columns(section.section("columns"));
        if (columns.isEmpty()) {
            section.problem("columns", "pull " + name + " has no columns", "columns: {NAME: text}");
        }
        List<String> key = key(columns);
        Pull.Cursor cursor = cursor(columns);
        Map<String, List<Column>> children = new LinkedHashMap<>();
        Section childSection = section.section("children");
        for (String child : childSection.keys()) {
            children.putIfAbsent(child, columns(childSection.section(child)));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        Section settingSection = section.section("settings");
        for (String setting : settingSection.keys()) {
            settings.put(setting, settingSection.text(setting, ""));
        }
        section.rejectUnknown();
        return new Pull(name, entities, key, cursor, columns, children, settings);
    }

    private List<String> key(List<Column> columns) {
        List<String> key = section.texts("key");
        if (key.isEmpty()) {
            section.problem("key", "pull " + name + " has no key", "the native key columns, in order");
        }
        for (String column : key) {
            if (!has(columns, column)) {
                section.problem("key", "key column " + column + " is not in columns", "add it there");
            }
        }
        return key;
    }

    private Pull.@Nullable Cursor cursor(List<Column> columns) {
        if (!section.has("cursor")) {
            return null;
        }
        Section cursor = section.section("cursor");
        String time = cursor.required("time", "the change-time column");
        Duration overlap = SystemReader.duration(cursor, "overlap", Duration.ofMinutes(5));
        if (!time.isEmpty() && !has(columns, time)) {
            cursor.problem("time", "cursor column " + time + " is not in columns", "add it there");
        }
        if (transport != null && !transport.hasCursor()) {
            section.problem("cursor", "transport " + transport.code() + " has no cursor", "delete it");
        }
        cursor.rejectUnknown();
        return new Pull.Cursor(time, overlap);
    }

    private List<Column> columns(Section section) {
        List<Column> columns = new ArrayList<>();
        for (String key : section.keys()) {
            String text = section.text(key, "");
            Matcher type = TYPE.matcher(text);
            if (!type.matches()) {
                section.problem(
                        key,
                        "unknown column type " + text,
                        "text, date, time or decimal(2), then classified, then at PLACE");
                continue;
            }
            boolean isDecimal = type.group(2) != null;
            for (String column : names(section, key)) {
                if (has(columns, column)) {
                    section.problem(key, "column twice: " + column, "keep one");
                    continue;
                }
                columns.add(new Column(
                        column,
                        isDecimal ? "decimal" : type.group(1),
                        isDecimal ? Integer.parseInt(type.group(2)) : 0,
                        type.group(3) != null,
                        type.group(5) == null ? column : type.group(5)));
            }
        }
        return columns;
    }

    /** {@code E1..E96} stands for 96 columns of one type. */
    private static List<String> names(Section section, String key) {
        Matcher range = RANGE.matcher(key);
        if (!range.matches()) {
            return List.of(key);
        }
        int from = Integer.parseInt(range.group(2));
        int to = Integer.parseInt(range.group(4));
        if (!range.group(1).equals(range.group(3)) || to < from || to - from > 1_000) {
            section.problem(key, "not a range of columns: " + key, "for example E1..E96");
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            names.add(range.group(1) + i);
        }
        return names;
    }

    private static boolean has(List<Column> columns, String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }
}
