package isthmus.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What databases say differently in the query of a pull. Oracle's, SQL Server's and DB2's are written after their makers'
 * manuals and have not been run; the speakers of Oracle's dialect (DM) and of PostgreSQL's (Kingbase) share theirs.
 */
enum Dialect {
    MARIADB("mariadb", '`', '`', "cast(%s as char)", "cast(%s as char)", ":?from"),
    POSTGRESQL(
            "postgresql|kingbase8",
            '"',
            '"',
            "cast(%s as varchar(40))",
            "cast(%s as varchar(40))",
            "cast(:?from as timestamp)"),
    H2("h2", '"', '"', "cast(%s as varchar(40))", "cast(%s as varchar(40))", "cast(:?from as timestamp)"),
    ORACLE(
            "oracle|dm",
            '"',
            '"',
            "to_char(%s, 'YYYY-MM-DD')",
            "to_char(cast(%s as timestamp), 'YYYY-MM-DD HH24:MI:SS.FF6')",
            "to_timestamp(:?from, 'YYYY-MM-DD HH24:MI:SS.FF')"),
    SQLSERVER(
            "sqlserver",
            '[',
            ']',
            "convert(varchar(40), %s, 23)",
            "convert(varchar(40), %s, 121)",
            "convert(datetime2, :?from, 121)"),
    DB2(
            "db2",
            '"',
            '"',
            "varchar_format(%s, 'YYYY-MM-DD')",
            "varchar_format(%s, 'YYYY-MM-DD HH24:MI:SS.FF6')",
            "cast(:?from as timestamp)");

    /** Names that stand for something else in one database or another. */
    private static final Set<String> RESERVED = Set.of(
            ("ACCESS ALL AND ANY AS ASC BEGIN BETWEEN BY CASE CHECK COLUMN COMMENT CONDITION CONSTRAINT CREATE CURRENT CURSOR"
                            + " DATE DAY DEFAULT DELETE DESC DISTINCT END EXISTS FILE FOR FROM FULL FUNCTION GRANT GROUP HAVING"
                            + " HOUR IN INDEX INSERT INTERVAL INTO IS JOIN KEY LEFT LEVEL LIKE LIMIT LOCK MINUTE MODE MONTH NOT"
                            + " NULL NUMBER OF OFFSET ON OPTION OR ORDER OUTER PRIMARY PROCEDURE RANGE RANK RAW REFERENCES"
                            + " RELEASE RIGHT ROW ROWS SECOND SELECT SESSION SET SIZE START SYNONYM SYSDATE TABLE THEN TIME"
                            + " TIMESTAMP TO TOP TRIGGER UID UNION UNIQUE UPDATE USER USING VALUE VALUES VARCHAR VIEW WHEN"
                            + " WHERE WITH YEAR ZONE")
                    .split(" "));

    private final String schemes;
    private final char opening;
    private final char closing;
    private final String date;
    private final String time;
    private final String from;

    Dialect(String schemes, char opening, char closing, String date, String time, String from) {
        this.schemes = schemes;
        this.opening = opening;
        this.closing = closing;
        this.date = date;
        this.time = time;
        this.from = from;
    }

    /** @param url of JDBC; one that nobody knows is taken for standard SQL as PostgreSQL speaks it */
    static Dialect of(String url) {
        return Arrays.stream(values())
                .filter(dialect -> url.matches("jdbc:(" + dialect.schemes + "):.*"))
                .findFirst()
                .orElse(POSTGRESQL);
    }

    /** The query of a pull over one table, oldest change first. */
    String query(String table, List<Draft.Found> columns, List<String> key, @Nullable String cursor) {
        StringBuilder out = new StringBuilder("-- Dates and times as text: a driver would bend them.\nselect\n");
        for (int i = 0; i < columns.size(); i++) {
            Draft.Found column = columns.get(i);
            String named = name(column.name());
            out.append("  ").append(value(column.type(), "t." + named, named));
            out.append(i + 1 < columns.size() ? ",\n" : "\n");
        }
        out.append("from ").append(name(table)).append(" t\n");
        List<String> order = new ArrayList<>();
        if (cursor != null) {
            String changed = "t." + name(cursor);
            out.append("where ").append(changed).append(" >= ").append(from).append('\n');
            order.add(changed);
        }
        key.forEach(column -> order.add("t." + name(column)));
        if (!order.isEmpty()) {
            out.append("order by ").append(String.join(", ", order)).append('\n');
        }
        return out.toString();
    }

    /** A name as the database's own catalog shows it, between quotes only where it would be read as another. */
    private String name(String found) {
        boolean isPlain = found.matches(plain()) && !RESERVED.contains(found.toUpperCase(Locale.ROOT));
        return isPlain ? found : opening + found.replace("" + closing, "" + closing + closing) + closing;
    }

    /** What this database makes of a name without quotes. */
    private String plain() {
        return switch (this) {
            case MARIADB, SQLSERVER -> "[A-Za-z_][A-Za-z0-9_]*";
            case POSTGRESQL -> "[a-z_][a-z0-9_]*";
            case H2, ORACLE, DB2 -> "[A-Z][A-Z0-9_]*";
        };
    }

    /** Dates and times as text, {@code yyyy-MM-dd[ HH:mm:ss[.f]]}. */
    private String value(String type, String column, String name) {
        return switch (type) {
            case "date" -> date.formatted(column) + " as " + name;
            case "time" -> time.formatted(column) + " as " + name;
            default -> column;
        };
    }
}
