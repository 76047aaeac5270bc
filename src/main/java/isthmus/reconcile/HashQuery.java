package isthmus.reconcile;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The queries that have a legacy database hash its own rows, made from the pull's query and the contract of its columns, so
 * that they and the hub cannot drift apart: a level of buckets, or the rows of some buckets.
 */
final class HashQuery {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final int NULL = 0x1E;

    private final SqlDialect dialect;
    private final Pull pull;
    private final Kinds kinds;

    HashQuery(SqlDialect dialect, Pull pull, Kinds kinds) {
        this.dialect = dialect;
        this.pull = pull;
        this.kinds = kinds;
    }

    /**
     * What the columns of the query are in their database, by their labels in lower case; of any other nothing is assumed.
     *
     * @param numbers exact ones, with their places
     * @param texts of characters, with the name of their character set; empty where it does not matter
     * @param labels as they are written, since each database folds a name without quotes in its own way
     */
    record Kinds(Map<String, Integer> numbers, Map<String, String> texts, Map<String, String> labels) {
        static final Kinds UNKNOWN = new Kinds(Map.of(), Map.of(), Map.of());
    }

    /** A part of a text, and its character set; none for what is ASCII. */
    private record Cell(String text, String characters) {}

    /** Rows with two kinds of children multiply each other, and are not for SQL to hash. */
    static boolean suits(Pull pull) {
        return pull.children().size() <= 1
                && !pull.question().isBlank()
                && !pull.key().isEmpty();
    }

    String preparation() {
        return dialect.preparation();
    }

    /** Columns: bucket, rows, and two sums over the parts of the row hashes. */
    String level(Collection<String> within, int digits, LocalDateTime before) {
        String bucket = dialect.substring("h.k", 1, digits);
        return "select " + bucket + ", count(*), sum(" + dialect.bits("h.r", 1) + "), sum(" + dialect.bits("h.r", 13)
                + ") from (" + hashes(within, before, "") + ") h group by " + bucket;
    }

    /** Columns: key hash, row hash and key of every row in the buckets. */
    String rows(Collection<String> within, LocalDateTime before) {
        return "select h.k, h.r, h.n from (" + hashes(within, before, ", " + key() + " as n") + ") h";
    }

    /** Gives no row, and says what kinds of columns the pull's query has. */
    String columns() {
        return "select * from (\n" + pull.whole() + "\n) q where 1 = 0";
    }

    /** One row with the character sets of some columns, in their order; empty where they do not matter. */
    String characters(List<String> labels) {
        String asked = labels.stream()
                .map(label -> dialect.characters("q." + dialect.quoted(label)))
                .collect(Collectors.joining(", "));
        return labels.isEmpty() || dialect.characters("").isEmpty()
                ? ""
                : "select " + asked + " from (select 1 as one) o left join (\n" + pull.whole() + "\n) q on 1 = 0";
    }

    private String hashes(Collection<String> within, LocalDateTime before, String more) {
        String inner = pull.whole();
        Pull.Cursor cursor = pull.cursor();
        List<String> where = new ArrayList<>();
        if (cursor != null) {
            where.add(dialect.isBefore(said(cursor.time()).text(), "'" + TIME.format(before) + "'"));
        }
        if (!within.isEmpty()) {
            int digits = within.iterator().next().length();
            where.add(dialect.substring(dialect.hash(key()), 1, digits) + " in "
                    + within.stream().map(bucket -> "'" + bucket + "'").collect(Collectors.joining(", ", "(", ")")));
        }
        List<Cell> cells = new ArrayList<>();
        contract(pull.columns()).forEach(column -> cells.add(cell(column.name(), column)));
        String row = separated(cells);
        String grouped = "";
        if (!pull.children().isEmpty()) {
            Map.Entry<String, List<Column>> child =
                    pull.children().entrySet().iterator().next();
            String gathered = dialect.gathered(child(child.getKey(), child.getValue()), order(child));
            row = dialect.appended(row, gathered);
            Set<String> columns = new LinkedHashSet<>();
            pull.key().forEach(column -> columns.add(named(column)));
            if (!dialect.groupsByKey()) {
                contract(pull.columns()).forEach(column -> columns.add(named(column.name())));
            }
            grouped = " group by " + String.join(", ", columns);
        }
        return "select " + dialect.hash(key()) + " as k, " + dialect.hash(row) + " as r" + more + " from (\n" + inner
                + "\n) q" + (where.isEmpty() ? "" : " where " + String.join(" and ", where)) + grouped;
    }

    private String key() {
        List<Cell> parts = new ArrayList<>();
        for (String column : pull.key()) {
            Cell said = said(column);
            parts.add(new Cell("coalesce(trim(" + said.text() + "), '')", said.characters()));
        }
        return joined(parts, "'/'");
    }

    private static List<Column> contract(List<Column> columns) {
        return columns.stream().filter(column -> !column.classified()).toList();
    }

    private String child(String name, List<Column> columns) {
        List<Cell> cells = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Column column : columns) {
            String label = name + "." + column.name();
            all.add(named(label) + " is null");
            if (!column.classified()) {
                cells.add(cell(label, column));
            }
        }
        return "case when " + String.join(" and ", all) + " then null else " + separated(cells) + " end";
    }

    /** Children come in the order that the pull's query asks for, or by their first column. */
    private String order(Map.Entry<String, List<Column>> child) {
        Set<String> names = child.getValue().stream().map(Column::name).collect(Collectors.toSet());
        List<String> order = new ArrayList<>();
        for (String term : pull.order()) {
            String name = term.replaceAll("^\\w+\\.", "");
            if (names.contains(name) && !pull.key().contains(name)) {
                order.add(named(child.getKey() + "." + name));
            }
        }
        return order.isEmpty()
                ? named(child.getKey() + "." + child.getValue().get(0).name())
                : String.join(", ", order);
    }

    private Cell cell(String name, Column contract) {
        Cell own = said(name);
        Integer places = kinds.numbers().get(lower(name));
        String trimmed = "rtrim(" + own.text() + ")";
        String said;
        if (contract.type().equals("decimal")) {
            said = places == null
                    ? dialect.number(trimmed, contract.scale())
                    : dialect.exact(named(name), places, contract.scale());
        } else if (places != null) {
            said = own.text();
        } else if (contract.type().equals("time")) {
            said = dialect.time(trimmed);
        } else {
            said = "nullif(" + trimmed + ", '')";
        }
        return new Cell("coalesce(" + said + ", " + dialect.control(NULL) + ")", own.characters());
    }

    /** A column as text, in its own characters where they are known. */
    private Cell said(String name) {
        String column = named(name);
        String characters = kinds.texts().get(lower(name));
        if (characters != null) {
            return new Cell(dialect.own(column), characters);
        }
        return kinds.numbers().containsKey(lower(name))
                ? new Cell(dialect.digits(column), "")
                : new Cell(dialect.text(column), "utf8mb4");
    }

    /** A column by its label; where that is not known, by the contract's name for it. */
    private String named(String name) {
        String label = kinds.labels().get(lower(name));
        boolean isPlain = label == null && name.indexOf('.') < 0;
        return "q." + (isPlain ? name : dialect.quoted(label == null ? name : label));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Parts with U+001F between them. */
    private String separated(List<Cell> parts) {
        return joined(parts, dialect.control(31));
    }

    /**
     * In UTF-8; neighbours of the same characters are converted together. What is ASCII is left out of that: a number would be
     * converted into their characters first.
     */
    private String joined(List<Cell> parts, String between) {
        List<String> runs = new ArrayList<>();
        List<String> run = new ArrayList<>();
        String characters = "";
        for (Cell part : parts) {
            if (!run.isEmpty() && !characters.equals(part.characters())) {
                runs.add(utf8(run, characters));
                run.clear();
            }
            if (part != parts.get(0)) {
                run.add(between);
            }
            characters = part.characters();
            run.add(part.text());
        }
        runs.add(utf8(run, characters));
        return runs.size() == 1 ? runs.get(0) : dialect.joined(runs);
    }

    private String utf8(List<String> run, String characters) {
        return dialect.utf8(run.size() == 1 ? run.get(0) : dialect.joined(run), characters);
    }
}
