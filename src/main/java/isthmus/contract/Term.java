package isthmus.contract;

import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One column, header name or element of a source object.
 *
 * @param name as its readers know it; {@code TABLE.COLUMN} for a column that the query does not ask for
 * @param kind {@code number}, {@code text}, or the type's own name
 * @param type for people, {@code decimal(16,4)}; empty where the object tells no types
 * @param size digits before the point, or characters; {@link #UNBOUNDED} without a limit
 * @param scale digits after the point
 * @param optional true when it may be null
 * @param table where the column lies, with its schema; null for an expression
 * @param column its name there
 */
public record Term(
        String name,
        String kind,
        String type,
        int size,
        int scale,
        boolean optional,
        @Nullable String table,
        @Nullable String column) {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** A name of which nothing else is known. */
    public static Term named(String name) {
        return new Term(name, "", "", UNBOUNDED, UNBOUNDED, true, null, null);
    }

    /** A column as a driver tells it, which tells 0 or less where there is no limit. */
    static Term column(String name, int jdbcType, String typeName, int size, int scale, boolean optional) {
        String type = typeName.toLowerCase(Locale.ROOT);
        return switch (jdbcType) {
            case Types.TINYINT -> whole(name, type, 3, optional);
            case Types.SMALLINT -> whole(name, type, 5, optional);
            case Types.INTEGER -> whole(name, type, 10, optional);
            case Types.BIGINT -> whole(name, type, 19, optional);
            case Types.NUMERIC, Types.DECIMAL ->
                size <= 0
                        ? new Term(name, "number", type, UNBOUNDED, UNBOUNDED, optional, null, null)
                        : new Term(
                                name,
                                "number",
                                type + "(" + size + "," + scale + ")",
                                size - scale,
                                scale,
                                optional,
                                null,
                                null);
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> text(name, type, size, optional);
            default -> new Term(name, type, type, 0, 0, optional, null, null);
        };
    }

    /**
     * An element as a schema tells it.
     *
     * @param size {@code totalDigits} or the longest length; -1 without a limit
     * @param scale {@code fractionDigits}; -1 without a limit
     */
    static Term xsd(String name, String type, int size, int scale, boolean optional) {
        if (!type.equals("decimal")) {
            String kind = type.equals("string") ? "text" : type;
            String limit = size < 0 ? "" : "(" + size + ")";
            return new Term(name, kind, type + limit, size < 0 ? UNBOUNDED : size, 0, optional, null, null);
        }
        boolean isBounded = size >= 0;
        int places = scale < 0 ? (isBounded ? 0 : UNBOUNDED) : scale;
        String limit = isBounded ? "(" + size + "," + places + ")" : "";
        return new Term(
                name, "number", type + limit, isBounded ? size - places : UNBOUNDED, places, optional, null, null);
    }

    private static Term whole(String name, String type, int digits, boolean optional) {
        return new Term(name, "number", type, digits, 0, optional, null, null);
    }

    private static Term text(String name, String type, int size, boolean optional) {
        return size <= 0 || size == UNBOUNDED
                ? new Term(name, "text", type, UNBOUNDED, 0, optional, null, null)
                : new Term(name, "text", type + "(" + size + ")", size, 0, optional, null, null);
    }

    Term at(String where, String theirName) {
        return new Term(name, kind, type, size, scale, optional, where, theirName);
    }

    Term as(String otherName) {
        return new Term(otherName, kind, type, size, scale, optional, table, column);
    }

    /** True when whatever the other could hold has room here as well, or nothing was known of that. */
    boolean holdsAllOf(Term other) {
        return other.kind.isEmpty() || kind.equals(other.kind) && size >= other.size && scale >= other.scale;
    }

    boolean isSameAs(Term other) {
        return text().equals(other.text());
    }

    /** As a line of a diff shows it: {@code kwh numeric(12,3) not null}. */
    public String text() {
        return name + (type.isEmpty() ? "" : " " + type) + (optional ? "" : " not null");
    }
}
