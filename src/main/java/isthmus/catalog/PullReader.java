package isthmus.catalog;

import isthmus.model.Entities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one pull of a {@code system.yaml}: its entities, key, cursor and contract. */
final class PullReader {
    static final List<String> KEYS =
            List.of("entities", "columns", "key", "cursor", "children", "settings", "deletes", "rejects");

    static final Pattern TYPE =
            Pattern.compile("(text|date|time|decimal\\(([0-9]{1,2})\\))( classified)?( at (\\S+))?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?|100)%");
    private static final Pattern RANGE = Pattern.compile("(.*?)([0-9]+)\\.\\.(.*?)([0-9]+)");

    private final String name;
    private final Section section;
    private final @Nullable Transport transport;
    private final Path folder;

    PullReader(String name, Section section, @Nullable Transport transport, Path folder) {
        this.folder = folder;
        this.name = name;
        this.section = section;
        this.transport = transport;
    }

    Pull read() {
        List<String> entities = section.texts("entities");
        if (entities.isEmpty()) {
            section.problem("entities", "pull " + name + " feeds no entity", "entities: [bill]");
        }
        for (String entity : entities) {
            if (Shape.of(entity) == null) {
                section.problem("entities", "no entity " + entity + " in the model", "one of " + Entities.SOURCES);
            }
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
        Pull.Deletes deletes = deletes();
        Pull.Rejects rejects = rejects();
        section.rejectUnknown();
        return new Pull(name, entities, key, cursor, columns, children, settings, deletes, question(), rejects);
    }

    private String question() {
        Path file = folder.resolve(name + (transport == null ? "" : transport.question()));
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (CharacterCodingException fault) {
            section.problem(
                    section.keys().stream().findFirst().orElse(""),
                    file.getFileName() + " is not UTF-8",
                    "save it in UTF-8");
            return "";
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + file, fault);
        }
    }

    private List<String> key(List<Column> columns) {
        List<String> key = section.texts("key");
        if (key.isEmpty()) {
            section.problem("key", "pull " + name + " has no key", "the native key columns, in order");
        }
        if (new HashSet<>(key).size() < key.size()) {
            section.problem("key", "a key column twice", "keep one");
        }
        for (String column : key) {
            if (!has(columns, column)) {
                section.problem("key", "key column " + column + " is not in columns", "add it there");
            }
        }
        return key;
    }

    private Pull.@Nullable Cursor cursor(List<Column> columns) {
        Section cursor = section.section("cursor");
        if (!section.has("cursor")) {
            return null;
        }
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

    private Pull.@Nullable Deletes deletes() {
        Section deletes = section.section("deletes");
        if (!section.has("deletes")) {
            return null;
        }
        Duration every = SystemReader.duration(deletes, "every", Duration.ofDays(1));
        BigDecimal atMost = share(deletes, "atMost", "1%");
        if (transport != null && !transport.hasCursor()) {
            section.problem("deletes", "transport " + transport.code() + " shows no key set", "delete it");
        }
        deletes.rejectUnknown();
        return new Pull.Deletes(every, atMost);
    }

    private Pull.Rejects rejects() {
        Section rejects = section.section("rejects");
        if (!section.has("rejects")) {
            return Pull.Rejects.USUAL;
        }
        BigDecimal most = share(rejects, "most", "20%");
        String from = rejects.text("from", "1000");
        boolean isCount = from.matches("[1-9][0-9]{0,8}");
        if (!isCount) {
            rejects.problem("from", "from is no number of pieces: " + from, "for example 1000");
        }
        rejects.rejectUnknown();
        return new Pull.Rejects(most, isCount ? Integer.parseInt(from) : 1);
    }

    private static BigDecimal share(Section section, String key, String otherwise) {
        String text = section.text(key, otherwise);
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches()) {
            return new BigDecimal(percent.group(1)).movePointLeft(2);
        }
        section.problem(key, key + " is no percentage: " + text, "for example 1% or 0.5%");
        return BigDecimal.ZERO;
    }

    private List<Column> columns(Section section) {
        List<Column> columns = new ArrayList<>();
        for (String key : section.keys()) {
            String text = section.text(key, "");
            Matcher type = TYPE.matcher(text);
            if (!type.matches()) {
                boolean isDouble = text.matches("(?i)(double|float|real|number).*");
                section.problem(
                        key,
                        isDouble ? "a double: " + text : "unknown column type " + text,
                        isDouble
                                ? "write decimal(2) with the places it has: money and energy are exact"
                                : "text, date, time or decimal(2), then classified, then at PLACE");
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
    static List<String> names(Section section, String key) {
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
