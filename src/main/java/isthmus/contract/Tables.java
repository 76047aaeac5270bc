package isthmus.contract;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a legacy database says of its own tables. */
public final class Tables {
    private final DatabaseMetaData database;
    private final @Nullable String catalog;
    private final @Nullable String schema;

    public Tables(Connection connection) throws SQLException {
        database = connection.getMetaData();
        catalog = connection.getCatalog();
        schema = connection.getSchema();
    }

    /**
     * A table or view.
     *
     * @param columns in their order
     * @param key the primary key, else the narrowest unique index; empty when nothing is unique
     * @param indexed columns that an index begins with
     * @param unique the columns of each unique index
     */
    public record Found(
            String name,
            String remarks,
            List<FoundColumn> columns,
            List<String> key,
            Set<String> indexed,
            List<Set<String>> unique) {}

    /**
     * A column as the driver describes it.
     *
     * @param jdbcType of {@link java.sql.Types}
     * @param type the database's own name
     */
    public record FoundColumn(
            String name, int jdbcType, String type, int size, int scale, boolean nullable, String remarks) {}

    /** Tables and views of the connection's own schema, by name. */
    public List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = database.getTables(catalog, schema, "%", new String[] {"TABLE", "BASE TABLE", "VIEW"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    /** One table, or null when there is none of that name; upper and lower case are not told apart. */
    public @Nullable Found find(String name) throws SQLException {
        String own = names().stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
        return own == null ? null : describe(own);
    }

    private Found describe(String table) throws SQLException {
        List<FoundColumn> columns = new ArrayList<>();
        try (ResultSet rows = database.getColumns(catalog, schema, escaped(table), "%")) {
            while (rows.next()) {
                columns.add(new FoundColumn(
                        rows.getString("COLUMN_NAME"),
                        rows.getInt("DATA_TYPE"),
                        String.valueOf(rows.getString("TYPE_NAME")),
                        rows.getInt("COLUMN_SIZE"),
                        rows.getInt("DECIMAL_DIGITS"),
                        rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                        text(rows.getString("REMARKS"))));
            }
        }
        Map<Integer, String> primary = new TreeMap<>();
        try (ResultSet rows = database.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                primary.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        Set<String> indexed = new LinkedHashSet<>();
        Map<String, Set<String>> unique = new LinkedHashMap<>();
        try (ResultSet rows = database.getIndexInfo(catalog, schema, table, false, true)) {
            while (rows.next()) {
                String column = rows.getString("COLUMN_NAME");
                if (column != null && rows.getInt("ORDINAL_POSITION") == 1) {
                    indexed.add(column);
                }
                if (column != null && !rows.getBoolean("NON_UNIQUE")) {
                    unique.computeIfAbsent(rows.getString("INDEX_NAME"), index -> new LinkedHashSet<>())
                            .add(column);
                }
            }
        }
        List<String> key = primary.isEmpty()
                ? unique.values().stream()
                        .min(java.util.Comparator.comparingInt(Set::size))
                        .map(List::copyOf)
                        .orElse(List.of())
                : List.copyOf(primary.values());
        return new Found(table, remarks(table), columns, key, indexed, List.copyOf(unique.values()));
    }

    private String remarks(String table) throws SQLException {
        try (ResultSet rows = database.getTables(catalog, schema, escaped(table), null)) {
            return rows.next() ? text(rows.getString("REMARKS")) : "";
        }
    }

    /** Names are patterns to these questions. */
    private String escaped(String table) throws SQLException {
        String escape = database.getSearchStringEscape();
        return table.replace("_", escape + "_").replace("%", escape + "%");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
