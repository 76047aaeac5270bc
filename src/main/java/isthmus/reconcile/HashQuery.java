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
import java.util.stream.Stream;

/**
 * The queries that have a legacy database hash its own rows, made from the pull's query and the contract of its columns, so
 * that they and the hub cannot drift apart: a level of buckets, or the rows of some buckets.
 */
final class HashQuery {
    private static final String BEGINNING = "'1000-01-01 00:00:00'";
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
     * @param numbers exact ones
     * @param texts of characters
     */
    record Kinds(Set<String> numbers, Set<String> texts) {
        static final Kinds UNKNOWN = new Kinds(Set.of(), Set.of());
    }

    /** Rows with two kinds of children multiply each other, and are not for SQL to hash. */
    static boolean suits(Pull pull) {
        return pull.children().size() <= 1
                && !pull.question().isBlank()
                && !pull.key().isEmpty();
    }

    /** What a session is told first; empty for nothing. MySQL cuts what it gathers after a thousand bytes. */
    String preparation() {
        return dialect == SqlDialect.MARIADB ? "set session group_concat_max_len = 16777216" : "";
    }

    /** Columns: bucket, rows, and two sums over the parts of the row hashes. */
    String level(Collection<String> within, int digits, LocalDateTime before) {
        String bucket = dialect.substring("h.k", 1, digits);
        return "select " + bucket + ", count(*), sum(" + dialect.bits("h.r", 1) + "), sum(" + dialect.bits("h.r", 13)
                + ") from (" + hashes(within, before) + ") h group by " + bucket;
    }

    /** Columns: key hash, row hash and key of every row in the buckets. */
    String rows(Collection<String> within, LocalDateTime before) {
        return "select h.k, h.r, h.n from (" + hashes(within, before) + ") h";
    }

    /** Gives no row, and says what kinds of columns the pull's query has. */
    String columns() {
        return "select * from (\n" + whole() + "\n) q where 1 = 0";
    }

    private String whole() {
        return pull.unordered().replace(":?from", BEGINNING);
    }

    private String hashes(Collection<String> within, LocalDateTime before) {
        String inner = whole();
        Pull.Cursor cursor = pull.cursor();
        List<String> where = new ArrayList<>();
        if (cursor != null) {
            where.add(time(dialect.text("q." + cursor.time())) + " < '" + TIME.format(before) + "'");
        }
        if (!within.isEmpty()) {
            int digits = within.iterator().next().length();
            where.add(dialect.substring(dialect.hash(key()), 1, digits) + " in "
                    + within.stream().map(bucket -> "'" + bucket + "'").collect(Collectors.joining(", ", "(", ")")));
        }
        List<String> cells = new ArrayList<>();
        contract(pull.columns()).forEach(column -> cells.add(cell("q." + column.name(), column)));
        String row = separated(cells);
        String grouped = "";
        if (!pull.children().isEmpty()) {
            Map.Entry<String, List<Column>> child =
                    pull.children().entrySet().iterator().next();
            String gathered = dialect.gathered(child(child.getKey(), child.getValue()), order(child));
            row = dialect.appended(row, gathered);
            Set<String> columns = new LinkedHashSet<>();
            pull.key().forEach(column -> columns.add("q." + column));
            if (!dialect.groupsByKey()) {
                contract(pull.columns()).forEach(column -> columns.add("q." + column.name()));
            }
            grouped = " group by " + String.join(", ", columns);
        }
        return "select " + dialect.hash(key()) + " as k, " + dialect.hash(row) + " as r, " + key() + " as n from (\n"
                + inner + "\n) q" + (where.isEmpty() ? "" : " where " + String.join(" and ", where)) + grouped;
    }

    private String key() {
        List<String> parts = new ArrayList<>();
        for (String column : pull.key()) {
            if (!parts.isEmpty()) {
                parts.add("'/'");
            }
            parts.add("coalesce(trim(" + dialect.text("q." + column) + "), '')");
        }
        return dialect.joined(parts);
    }

    private static List<Column> contract(List<Column> columns) {
        return columns.stream().filter(column -> !column.classified()).toList();
    }

    private String child(String name, List<Column> columns) {
        List<String> cells = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Column column : columns) {
            String label = "q." + dialect.quoted(name + "." + column.name());
            all.add(label + " is null");
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
                order.add("q." + dialect.quoted(child.getKey() + "." + name));
            }
        }
        return order.isEmpty()
                ? "q."
                        + dialect.quoted(
                                child.getKey() + "." + child.getValue().get(0).name())
                : String.join(", ", order);
    }

    private String cell(String column, Column contract) {
        if (contract.type().equals("decimal") && kinds.numbers().contains(bare(column))) {
            return "coalesce(" + dialect.decimal(column, contract.scale()) + ", " + dialect.control(NULL) + ")";
        }
        boolean isText = kinds.texts().contains(bare(column));
        String text = "nullif(rtrim(" + (isText ? dialect.own(column) : dialect.text(column)) + "), '')";
        String said = switch (contract.type()) {
            case "decimal" -> dialect.number(text, contract.scale());
            case "time" -> time(text);
            default -> text;
        };
        return "coalesce(" + said + ", " + dialect.control(NULL) + ")";
    }

    private static String bare(String column) {
        return column.substring(2).replaceAll("[`\"\\[\\]]", "").toLowerCase(Locale.ROOT);
    }

    private String time(String text) {
        return "case when " + dialect.length(text) + " >= 19 then "
                + dialect.joined(List.of(dialect.substring(text, 1, 10), "'T'", dialect.substring(text, 12, 8)))
                + " else "
                + text + " end";
    }

    /** Parts with U+001F between them. */
    private String separated(List<String> parts) {
        String between = dialect.control(31);
        return dialect.joined(
                parts.stream().flatMap(part -> Stream.of(between, part)).skip(1).toList());
    }
}
