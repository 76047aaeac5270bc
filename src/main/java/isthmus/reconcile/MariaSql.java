package isthmus.reconcile;

import java.util.List;

/**
 * MariaDB and MySQL. Saying a row as text is most of what a level costs, so texts stay in the characters of their columns
 * as long as they can, and numbers stay ASCII: only what is hashed is converted, and no number twice.
 */
final class MariaSql extends SqlDialect {
    private static final String UTF8 = "utf8mb4";

    /** MySQL cuts what it gathers after a thousand bytes. */
    @Override
    String preparation() {
        return "set session group_concat_max_len = 16777216";
    }

    @Override
    String text(String column) {
        return "convert(" + column + " using " + UTF8 + ")";
    }

    @Override
    String own(String column) {
        return column;
    }

    @Override
    String characters(String column) {
        return "charset(" + column + ")";
    }

    /** A text of the column's own characters would be hashed as their bytes; what is ASCII is UTF-8 already. */
    @Override
    String utf8(String text, String characters) {
        return characters.isEmpty() || characters.equals(UTF8) ? text : text(text);
    }

    @Override
    String control(int code) {
        return "'" + (char) code + "'";
    }

    @Override
    String digits(String column) {
        return column;
    }

    @Override
    String decimal(String text, int scale) {
        return "cast(" + text + " as decimal(38," + scale + "))";
    }

    /** A column is written out with the places that it was declared with. */
    @Override
    String exact(String column, int places, int scale) {
        return places == scale ? column : decimal(column, scale);
    }

    @Override
    String isNumber(String text) {
        return text + " regexp '" + NUMBER + "'";
    }

    /** Most are written out already, and a comparison is cheaper than a pattern. */
    @Override
    String number(String trimmed, int scale) {
        String decimal = decimal(trimmed, scale);
        return "case when " + trimmed + " = concat(" + decimal + ") then " + trimmed + " when " + isNumber(trimmed)
                + " then " + decimal + " else nullif(" + trimmed + ", '') end";
    }

    @Override
    String time(String trimmed) {
        return "case when length(" + trimmed + ") >= 19 then left(" + withT(trimmed) + ", 19) else nullif(" + trimmed
                + ", '') end";
    }

    /** A fraction of a second makes it no earlier. */
    @Override
    String isBefore(String text, String time) {
        return withT(text) + " < " + time;
    }

    /** Leaves alone what has no eleventh character. */
    private static String withT(String text) {
        return "insert(" + text + ", 11, 1, 'T')";
    }

    @Override
    String joined(List<String> parts) {
        return "concat(" + String.join(", ", parts) + ")";
    }

    /** Comes as text, and a sum of texts is a double. */
    @Override
    String bits(String hash, int from) {
        return "cast(conv(substr(" + hash + ", " + from + ", 12), 16, 10) as unsigned)";
    }

    @Override
    String gathered(String text, String order) {
        return "group_concat(" + text + " order by " + order + " separator '\u001F')";
    }

    @Override
    String quoted(String name) {
        return "`" + name + "`";
    }

    /** Where the key is an index, the groups come in its order, and nothing is sorted. */
    @Override
    boolean groupsByKey() {
        return true;
    }
}
