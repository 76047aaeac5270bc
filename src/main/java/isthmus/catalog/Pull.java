package isthmus.catalog;

import isthmus.model.Layout;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way of asking a legacy system: a query, a kind of file, an operation; each of its rows is offered to the mappings of
 * its entities.
 *
 * @param key the native key columns, in order
 * @param cursor how changed rows are found; null for a snapshot or for files
 * @param children contracts of the child rows by child table, in order
 * @param settings what only the transport's reader understands, checked by it at load
 * @param deletes how rows that are gone are found; null where they are not looked for
 * @param question what is asked, the query or the request, as its file was when the catalog was read; empty for files
 * @param rejects how much may be refused
 */
public record Pull(
        String name,
        List<String> entities,
        List<String> key,
        @Nullable Cursor cursor,
        List<Column> columns,
        Map<String, List<Column>> children,
        Map<String, String> settings,
        @Nullable Deletes deletes,
        String question,
        Rejects rejects) {

    /** Where a pull begins that has come nowhere yet; early enough for any change, and known to every database. */
    public static final String BEGINNING = "1000-01-01 00:00:00";

    private static final Pattern LAST_ORDER =
            Pattern.compile("(?is)\\border\\s+by\\b(?!.*\\border\\s+by\\b)([^()]*)\\z");

    /** The query to be put into another one: without its order, which is none there, and which some databases refuse. */
    public String unordered() {
        return LAST_ORDER.matcher(question).replaceFirst("");
    }

    /** The same as a statement by itself, over every row. */
    public String whole() {
        return unordered().replace(":?from", "'" + BEGINNING + "'");
    }

    /** What the query orders its rows by, as it says it; empty where it does not. */
    public List<String> order() {
        Matcher order = LAST_ORDER.matcher(question);
        return order.find()
                ? Arrays.stream(order.group(1).split(",")).map(String::strip).toList()
                : List.of();
    }

    /** A pull that does not look for deletes. */
    public Pull(
            String name,
            List<String> entities,
            List<String> key,
            @Nullable Cursor cursor,
            List<Column> columns,
            Map<String, List<Column>> children,
            Map<String, String> settings) {
        this(name, entities, key, cursor, columns, children, settings, null, "", Rejects.USUAL);
    }

    /**
     * The keys of both shores are compared, and what the legacy one no longer shows is told as deleted.
     *
     * @param atMost the guard: a greater share of what the store holds is refused
     */
    public record Deletes(Duration every, BigDecimal atMost) {}

    /**
     * The circuit: a pull stops when too much of what it brings is refused, before the chunk that would go beyond.
     *
     * @param most a greater share of the pieces of one pull is too much
     * @param from of fewer pieces than these nothing is concluded
     */
    public record Rejects(BigDecimal most, int from) {
        /** Where system.yaml says nothing. */
        public static final Rejects USUAL = new Rejects(new BigDecimal("0.2"), 1_000);

        public boolean isTooMuch(long refused, long read) {
            return read >= from && new BigDecimal(refused).compareTo(most.multiply(new BigDecimal(read))) > 0;
        }
    }

    /** Change-time column, and how far a poll looks back behind the greatest change time it has seen. */
    public record Cursor(String time, Duration overlap) {}

    /** The positions of the columns and child tables in every piece of this pull. */
    public Layout layout() {
        Map<String, Layout> childLayouts = new LinkedHashMap<>();
        children.forEach((name, columns) -> childLayouts.put(name, layout(columns)));
        return new Layout(columns.stream().map(Column::name).toList(), childLayouts);
    }

    private static Layout layout(List<Column> columns) {
        return new Layout(columns.stream().map(Column::name).toList(), Map.of());
    }
}
