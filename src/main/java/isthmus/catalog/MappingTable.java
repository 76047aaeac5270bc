package isthmus.catalog;

import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.catalog.FieldSpec.KeyPart;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the head of one mapping file; {@link MappingFields} reads its fields. */
final class MappingTable {
    static final List<String> KEYS = List.of(
            "from",
            "entity",
            "version",
            "id",
            "changed",
            "partition",
            "personal",
            "valid",
            "money",
            "energy",
            "require",
            "oneOf",
            "deletedWhen",
            "curve",
            "fields",
            "checks");

    private final Section root;
    private final Pull pull;
    private final Map<String, CodeTable> tables;
    private final MappingFields fields;
    private final Problems problems;

    MappingTable(Section root, Pull pull, Map<String, CodeTable> tables, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.pull = pull;
        this.tables = tables;
        this.fields = new MappingFields(pull, tables);
    }

    MappingSpec read(String entity) {
        if (!root.text("entity", entity).equals(entity)) {
            root.problem("entity", "not the entity of the file's name", "write entity: " + entity);
        }
        List<FieldSpec> members = fields.members(root.section("fields"), "");
        if (members.isEmpty()) {
            root.problem("fields", "no fields", "write a line for each canonical field");
        }
        new ShapeCheck(root.file(), problems).check(entity, members, root);
        Set<String> paths = new TreeSet<>();
        collect("", members, paths);
        List<KeyPart> id = fields.keyParts(root, "id", root.required("id", "write the key, \"{COLUMN}/{COLUMN}\""), "");
        return new MappingSpec(
                root.file(),
                entity,
                pull.name(),
                version(),
                id,
                changed(),
                path("partition", paths),
                flag("personal"),
                root.texts("valid").stream()
                        .filter(name -> known("valid", name, paths))
                        .toList(),
                path("money", paths),
                path("energy", paths),
                require(),
                columns("oneOf"),
                columns("allOf"),
                deletedWhen(),
                root.has("curve") ? curve(root.section("curve")) : null,
                root.has("points") ? new PointsReader(root.section("points"), pull, tables).read() : null,
                members,
                checks(paths));
    }

    private String version() {
        String version = root.required("version", "count up from 1");
        if (!version.isEmpty() && !version.matches("[1-9][0-9]{0,5}")) {
            root.problem("version", "version is not a number: " + version, "count up from 1");
        }
        return version;
    }

    private static void collect(String base, List<FieldSpec> members, Set<String> paths) {
        for (FieldSpec member : members) {
            String path = member.path().isEmpty() ? base : base + member.path();
            paths.add(path);
            collect(member.path().isEmpty() ? base : path + "/", member.members(), paths);
        }
    }

    private boolean flag(String name) {
        String text = root.text(name, "false");
        if (!text.equals("true") && !text.equals("false")) {
            root.problem(name, name + " is neither true nor false", "write true or false");
        }
        return text.equals("true");
    }

    private @Nullable String path(String name, Set<String> paths) {
        String path = root.text(name);
        return path == null || known(name, path, paths) ? path : null;
    }

    private boolean known(String key, String path, Set<String> paths) {
        if (!paths.contains(path)) {
            root.problem(key, "no field " + path, "known here: " + String.join(", ", paths));
            return false;
        }
        return true;
    }

    private MappingSpec.Changed changed() {
        Section changed = root.section("changed");
        String column = changed.text("column");
        boolean origin = is(changed, "origin", "time");
        boolean ordinal = is(changed, "tie", "ordinal");
        changed.rejectUnknown();
        if (origin == (column != null)) {
            root.problem("changed", "where is the change time", "write {column: X}, or {origin: time, tie: ordinal}");
        }
        if (column != null) {
            fields.column(root, "changed", column, "");
        }
        return new MappingSpec.Changed(column, ordinal);
    }

    private static boolean is(Section section, String key, String word) {
        String text = section.text(key);
        if (text != null && !text.equals(word)) {
            section.problem(key, "unknown " + key + " " + text, "write " + key + ": " + word);
        }
        return text != null;
    }

    private Map<String, String> require() {
        Map<String, String> require = new LinkedHashMap<>();
        Section section = root.section("require");
        for (String column : section.keys()) {
            fields.column(section, column, column, "");
            require.put(column, section.text(column, ""));
        }
        return require;
    }

    private List<String> columns(String key) {
        List<String> columns = root.texts(key);
        columns.forEach(column -> fields.column(root, key, column, ""));
        return columns;
    }

    private MappingSpec.@Nullable DeletedWhen deletedWhen() {
        if (!root.has("deletedWhen")) {
            return null;
        }
        Section section = root.section("deletedWhen");
        String column = section.required("column", "name the column");
        var deletedWhen = new MappingSpec.DeletedWhen(
                column,
                section.required("yes", "say what means deleted"),
                section.required("no", "say what means not deleted"));
        fields.column(section, "column", column, "");
        section.rejectUnknown();
        return deletedWhen;
    }

    private MappingSpec.Curve curve(Section section) {
        String date = section.required("date", "name the column of the local day");
        List<String> points = points(section, section.required("points", "write FIRST..LAST"));
        String whole = section.text("wholeFlag");
        String present = section.text("present", "1");
        String flag = section.text("flag");
        fields.column(section, "date", date, "");
        if (whole != null) {
            fields.column(section, "wholeFlag", whole, "");
        }
        if (flag != null) {
            fields.column(section, "flag", flag, "");
        }
        points.forEach(column -> fields.column(section, "points", column, ""));
        String table = section.text("flags");
        CodeTable flags = table == null || flag == null ? null : fields.table(section, "flags", table, flag);
        if (!section.text("quantity", "energy").equals("energy")) {
            section.problem("quantity", "only curves of energy are read", "write quantity: energy");
        }
        if (present.length() != 1) {
            section.problem("present", "present is not one character", "write the character of present points");
        }
        Duration interval = read(section, "interval", "PT15M", Duration::parse);
        LocalTime first = read(section, "firstPoint", "00:00", LocalTime::parse);
        int scale = read(section, "scale", "-3", Integer::parseInt);
        if (interval.toMinutes() < 1 || Duration.ofDays(1).toSeconds() % interval.toSeconds() != 0) {
            section.problem("interval", "a day is not a number of such intervals", "PT15M, PT30M, PT1H");
        } else if (first.toSecondOfDay() % interval.toSeconds() != 0) {
            section.problem("firstPoint", "not the start of an interval", "for example 00:00");
        }
        if (scale < -6 || scale > 0) {
            section.problem("scale", "scale out of range", "-6 to 0");
        }
        String missing = section.text("missing");
        if (missing != null && !missing.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            section.problem("missing", "not a number: " + missing, "the number that stands for no value");
        }
        section.rejectUnknown();
        return new MappingSpec.Curve(
                date, points, first, interval, scale, missing, whole, (present + "1").charAt(0), flag, flags);
    }

    private static <T> T read(Section section, String key, String otherwise, Function<String, T> reading) {
        try {
            return reading.apply(section.text(key, otherwise));
        } catch (DateTimeException | NumberFormatException fault) {
            section.problem(key, key + " cannot be read", "write for example " + otherwise);
            return reading.apply(otherwise);
        }
    }

    private static List<String> points(Section section, String range) {
        String[] ends = range.split("\\.\\.", -1);
        String prefix = ends[0].replaceAll("[0-9]+$", "");
        if (ends.length != 2 || !range.matches("(.*?[^0-9])[0-9]{1,4}\\.\\.\\1[0-9]{1,4}")) {
            section.problem("points", "not a range of columns", "write for example E1..E96");
            return List.of();
        }
        int first = Integer.parseInt(ends[0].substring(prefix.length()));
        int last = Integer.parseInt(ends[1].substring(prefix.length()));
        List<String> columns = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            columns.add(prefix + i);
        }
        return columns;
    }

    private List<MappingSpec.Check> checks(Set<String> paths) {
        List<MappingSpec.Check> checks = new ArrayList<>();
        for (Section section : root.sections("checks")) {
            boolean sum = section.has("sum");
            List<String> factors = section.texts(sum ? "sum" : "product");
            String equal = section.required("equals", "name the field that must be equal");
            String within = section.text("within", "0");
            String flag = section.required("flag", "name the reason to flag").replace('-', '_');
            section.rejectUnknown();
            List<String> named = new ArrayList<>(factors);
            named.add(equal);
            named.stream()
                    .filter(path -> !paths.contains(path))
                    .forEach(path ->
                            section.problem("equals", "no field " + path, "known here: " + String.join(", ", paths)));
            if (factors.size() != (sum ? 1 : 2)) {
                section.problem("equals", "not a check", "write sum: a/b, or product: [a/b, a/c]");
            }
            if (Arrays.stream(Reason.values()).noneMatch(reason -> reason.name().equals(flag))) {
                section.problem("flag", "no reason " + flag, "take one of model.Reason");
            }
            try {
                checks.add(new MappingSpec.Check(sum, factors, equal, new BigDecimal(within).toPlainString(), flag));
            } catch (NumberFormatException fault) {
                section.problem("within", "not a number: " + within, "write for example 0.01");
            }
        }
        return checks;
    }
}
