package isthmus.contract;

import isthmus.catalog.Pull;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;

/**
 * What a query would give, as the database describes it without running it, and what else its tables hold. Two or three
 * round trips, whatever the number of rows.
 */
public final class QueryTerms {
    private final Connection connection;
    private final DatabaseMetaData database;
    private final Map<String, Map<String, Term>> tables = new LinkedHashMap<>();

    private QueryTerms(Connection connection) throws SQLException {
        this.connection = connection;
        this.database = connection.getMetaData();
    }

    /**
     * The contract of today; empty when the driver describes no query before it has run.
     *
     * @param agreed tells, when the query does not fit its tables any more, which tables those were
     */
    public static Optional<Contract> read(Connection connection, Pull pull, Optional<Contract> agreed)
            throws SQLException {
        QueryTerms terms = new QueryTerms(connection);
        try (PreparedStatement query =
                connection.prepareStatement(pull.question().replaceAll(":\\?\\w+", "?"))) {
            ResultSetMetaData result = query.getMetaData();
            return result == null ? Optional.empty() : Optional.of(Contract.of(pull, terms.of(result)));
        } catch (SQLException fault) {
            boolean isWrongQuery = String.valueOf(fault.getSQLState()).startsWith("42");
            if (!isWrongQuery || agreed.isEmpty()) {
                throw fault;
            }
            connection.rollback();
            return Optional.of(Contract.of(pull, terms.ofTablesOf(agreed.get())));
        }
    }

    private List<Term> of(ResultSetMetaData result) throws SQLException {
        List<Term> terms = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            String label = result.getColumnLabel(i);
            Term column = inTable(result, i);
            terms.add(
                    column != null
                            ? column.as(label)
                            : Term.column(
                                    label,
                                    result.getColumnType(i),
                                    result.getColumnTypeName(i),
                                    result.getPrecision(i),
                                    result.getScale(i),
                                    result.isNullable(i) != ResultSetMetaData.columnNoNulls));
        }
        return withTheRest(terms);
    }

    /** A table describes its columns the same way at all times, also when the query has broken. */
    private @Nullable Term inTable(ResultSetMetaData result, int column) throws SQLException {
        String table = Objects.requireNonNullElse(result.getTableName(column), "");
        if (table.isEmpty()) {
            return null;
        }
        String place = Stream.of(
                        schema(result, column),
                        result.getCatalogName(column),
                        connection.getSchema(),
                        connection.getCatalog())
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .orElse("");
        return table(place + "." + table).get(name(result, column));
    }

    /** This driver alone tells the label under the column's name. */
    private static String name(ResultSetMetaData result, int column) throws SQLException {
        return result instanceof PGResultSetMetaData own ? own.getBaseColumnName(column) : result.getColumnName(column);
    }

    private static @Nullable String schema(ResultSetMetaData result, int column) throws SQLException {
        return result instanceof PGResultSetMetaData own ? own.getBaseSchemaName(column) : result.getSchemaName(column);
    }

    private List<Term> ofTablesOf(Contract agreed) throws SQLException {
        List<Term> terms = new ArrayList<>();
        for (Term before : agreed.terms()) {
            String table = before.table();
            if (table == null) {
                terms.add(before);
            } else {
                Term today = table(table).get(before.column());
                if (today != null) {
                    terms.add(today.as(before.name()));
                }
            }
        }
        return withTheRest(terms);
    }

    private List<Term> withTheRest(List<Term> asked) {
        List<Term> all = new ArrayList<>(asked);
        tables.forEach((table, columns) -> columns.forEach((name, column) -> {
            boolean isAsked = asked.stream().anyMatch(term -> table.equals(term.table()) && name.equals(term.column()));
            if (!isAsked) {
                all.add(column);
            }
        }));
        return all;
    }

    private Map<String, Term> table(String path) throws SQLException {
        Map<String, Term> known = tables.get(path);
        if (known == null) {
            known = columns(path);
            tables.put(path, known);
        }
        return known;
    }

    private Map<String, Term> columns(String path) throws SQLException {
        int dot = path.indexOf('.');
        String place = path.substring(0, dot);
        String table = path.substring(dot + 1);
        boolean hasSchemas = database.supportsSchemasInTableDefinitions();
        Map<String, Term> columns = new LinkedHashMap<>();
        try (ResultSet row = database.getColumns(
                hasSchemas ? null : place, hasSchemas ? escaped(place) : null, escaped(table), "%")) {
            while (row.next()) {
                String name = row.getString("COLUMN_NAME");
                boolean isOptional = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
                columns.put(
                        name,
                        Term.column(
                                        table + "." + name,
                                        row.getInt("DATA_TYPE"),
                                        row.getString("TYPE_NAME"),
                                        row.getInt("COLUMN_SIZE"),
                                        row.getInt("DECIMAL_DIGITS"),
                                        isOptional)
                                .at(path, name));
            }
        }
        return columns;
    }

    private String escaped(String name) throws SQLException {
        String escape = database.getSearchStringEscape();
        return name.replace("_", escape + "_").replace("%", escape + "%");
    }
}
