package isthmus.cli;

import isthmus.catalog.Draft;
import isthmus.catalog.LegacySystem;
import isthmus.contract.Tables;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables of a database, and what would be pulled from one. */
final class FoundTables {

    private FoundTables() {}

    static Table list(Tables tables) throws SQLException {
        Table table = new Table("table", "columns", "key", "change time", "indexed", "remarks");
        for (String name : tables.names()) {
            Tables.Found found = tables.find(name);
            if (found != null) {
                String cursor = cursor(found);
                table.row(
                        name,
                        found.columns().size(),
                        found.key().isEmpty() ? "none" : String.join(", ", found.key()),
                        cursor == null ? "none" : cursor,
                        cursor == null ? "" : found.indexed().contains(cursor) ? "yes" : "no",
                        found.remarks());
            }
        }
        return table;
    }

    static DiscoverCommand.Proposal propose(Tables tables, LegacySystem system, String name, String pull, String entity)
            throws SQLException {
        Tables.Found found = tables.find(name);
        if (found == null) {
            throw new Refusal(Exit.USAGE, "There is no table " + name + "; there are " + tables.names() + ".");
        }
        Table about = new Table("column", "type", "null", "read as", "");
        List<Draft.Found> columns = new ArrayList<>();
        for (Tables.FoundColumn column : found.columns()) {
            String type = type(column);
            boolean isPersonal = type.equals("text") && Draft.isPersonal(column.name());
            columns.add(new Draft.Found(column.name(), type, isPersonal));
            about.row(
                    column.name(),
                    column.type() + (column.size() > 0 ? "(" + column.size() + ")" : ""),
                    column.nullable() ? "yes" : "no",
                    type + (isPersonal ? " classified" : ""),
                    isDouble(column) ? "a double at the source: say how many places are meant" : column.remarks());
        }
        String cursor = cursor(found);
        Draft draft = new Draft(pull, entity, columns, found.key(), cursor);
        String url = system.connection().getOrDefault("url", "");
        return DiscoverCommand.Proposal.of(
                draft, List.of(), Map.of(pull + ".sql", draft.query(found.name(), url)), about.text());
    }

    private static String type(Tables.FoundColumn column) {
        return switch (column.jdbcType()) {
            case Types.DECIMAL, Types.NUMERIC -> column.scale() == 0 ? "text" : "decimal(" + column.scale() + ")";
            case Types.DOUBLE, Types.FLOAT, Types.REAL -> "decimal(4)";
            case Types.DATE -> "date";
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> "time";
            default -> "text";
        };
    }

    private static boolean isDouble(Tables.FoundColumn column) {
        return column.jdbcType() == Types.DOUBLE || column.jdbcType() == Types.FLOAT || column.jdbcType() == Types.REAL;
    }

    /** The time column whose name speaks of changes, before any that an index begins with. */
    private static @Nullable String cursor(Tables.Found found) {
        List<String> times = found.columns().stream()
                .filter(column -> type(column).equals("time"))
                .map(Tables.FoundColumn::name)
                .toList();
        return times.stream()
                .filter(time -> time.toLowerCase(Locale.ROOT).matches(".*(upd|mod|chang|last|edit).*"))
                .findFirst()
                .orElse(times.stream()
                        .filter(found.indexed()::contains)
                        .findFirst()
                        .orElse(null));
    }
}
