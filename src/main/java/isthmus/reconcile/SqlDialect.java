package isthmus.reconcile;

import java.util.List;
import java.util.Optional;

/**
 * How a database says what the row hash needs (model.md 9.3): text in UTF-8, exact decimals, MD5, and a part of it as a
 * number that can be added up without loss.
 */
abstract class SqlDialect {
    static final String NUMBER = "^-?[0-9]{1,30}([.][0-9]{1,30})?$";

    static final SqlDialect POSTGRESQL = new SqlDialect() {
        @Override
        String text(String column) {
            return "cast(" + column + " as text)";
        }

        @Override
        String isNumber(String text) {
            return text + " ~ '" + NUMBER + "'";
        }

        @Override
        String bits(String hash, int from) {
            return "('x' || substr(" + hash + ", " + from + ", 12))::bit(48)::bigint";
        }

        @Override
        String gathered(String text, String order) {
            return "string_agg(" + text + ", chr(31) order by " + order + ")";
        }
    };

    static final SqlDialect MARIADB = new MariaSql();

    static final SqlDialect H2 = new SqlDialect() {
        @Override
        String text(String column) {
            return "cast(" + column + " as varchar)";
        }

        @Override
        String hash(String text) {
            return "rawtohex(hash('MD5', stringtoutf8(" + text + ")))";
        }

        @Override
        String bits(String hash, int from) {
            return sixteen(hash, from) + " * 4294967296 + " + sixteen(hash, from + 4) + " * 65536 + "
                    + sixteen(hash, from + 8);
        }

        /** Four hex digits make a character, and that has a code. */
        private String sixteen(String hash, int from) {
            return "cast(ascii(hextoraw(" + substring(hash, from, 4) + ")) as bigint)";
        }

        @Override
        String control(int code) {
            return "char(" + code + ")";
        }
    };
    /** Written after its documentation: STANDARD_HASH, UTL_I18N, LISTAGG; its empty text is null anyway. */
    static final SqlDialect ORACLE = new SqlDialect() {
        /** What a date and a number look like as text is the session's to say. */
        @Override
        String preparation() {
            return "alter session set nls_date_format = 'YYYY-MM-DD HH24:MI:SS'"
                    + " nls_timestamp_format = 'YYYY-MM-DD HH24:MI:SS' nls_numeric_characters = '.,'";
        }

        @Override
        String text(String column) {
            return "to_char(" + column + ")";
        }

        @Override
        String decimal(String text, int scale) {
            String format = "FM99999999999999999999999999999990" + (scale == 0 ? "" : "." + "0".repeat(scale));
            return "to_char(round(to_number(" + text + "), " + scale + "), '" + format + "')";
        }

        @Override
        String hash(String text) {
            return "lower(rawtohex(standard_hash(utl_i18n.string_to_raw(" + text + ", 'AL32UTF8'), 'MD5')))";
        }

        @Override
        String bits(String hash, int from) {
            return "to_number(substr(" + hash + ", " + from + ", 12), 'xxxxxxxxxxxx')";
        }

        /** A text and no text make a text here. */
        @Override
        String appended(String row, String gathered) {
            return row + " || nvl2(" + gathered + ", chr(31) || " + gathered + ", null)";
        }
    };
    /** Written after its documentation, from 2019 on: a _UTF8 collation, HASHBYTES, STRING_AGG. */
    static final SqlDialect SQLSERVER = new SqlDialect() {
        private static final String UTF8 = " collate Latin1_General_100_BIN2_UTF8";

        /** The style gives dates as ISO does; texts and exact numbers have none. */
        @Override
        String text(String column) {
            return "convert(nvarchar(max), " + column + ", 126)";
        }

        @Override
        String moment(String time) {
            return "convert(datetime, '" + time + "', 120)";
        }

        @Override
        String control(int code) {
            return "nchar(" + code + ")";
        }

        @Override
        String decimal(String text, int scale) {
            return "convert(nvarchar(max), convert(decimal(38," + scale + "), " + text + "))";
        }

        @Override
        String isNumber(String text) {
            return "(" + text + " not like '%[^0-9.-]%' and try_convert(decimal(38,10), " + text + ") is not null)";
        }

        @Override
        String substring(String text, int from, int length) {
            return "substring(" + text + ", " + from + ", " + length + ")";
        }

        @Override
        String length(String text) {
            return "len(" + text + ")";
        }

        @Override
        String joined(List<String> parts) {
            return String.join(" + ", parts);
        }

        @Override
        String hash(String text) {
            return "lower(convert(char(32), hashbytes('MD5', convert(varchar(max), (" + text + ")" + UTF8 + ")), 2))";
        }

        @Override
        String bits(String hash, int from) {
            return "convert(decimal(38,0), convert(bigint, convert(varbinary(8), '0x0000' + substring(" + hash + ", "
                    + from + ", 12), 1)))";
        }

        @Override
        String gathered(String text, String order) {
            return "string_agg(" + text + ", nchar(31)) within group (order by " + order + ")";
        }

        @Override
        String quoted(String name) {
            return "[" + name + "]";
        }
    };

    /** The dialect of a product by the name that JDBC gives it; empty for one that is not known. */
    static Optional<SqlDialect> of(String product) {
        return switch (product) {
            case "PostgreSQL" -> Optional.of(POSTGRESQL);
            case "MariaDB", "MySQL" -> Optional.of(MARIADB);
            case "H2" -> Optional.of(H2);
            case "Oracle" -> Optional.of(ORACLE);
            case "Microsoft SQL Server" -> Optional.of(SQLSERVER);
            default -> Optional.empty();
        };
    }

    /** What a session is told first; empty for nothing. */
    String preparation() {
        return "";
    }

    /** Any column as text in UTF-8. */
    abstract String text(String column);

    /** A column that is a text already, in its own characters. */
    String own(String column) {
        return text(column);
    }

    /** Asks for the characters of a text; empty where all are hashed as UTF-8. */
    String characters(String column) {
        return "";
    }

    /** A text of some characters in UTF-8. */
    String utf8(String text, String characters) {
        return text;
    }

    /** The text of an exact number, which is ASCII. */
    String digits(String column) {
        return text(column);
    }

    /** An exact number with the places of the contract; {@code places} are those that the database declares. */
    String exact(String column, int places, int scale) {
        return decimal(column, scale);
    }

    String isNumber(String text) {
        return "regexp_like(" + text + ", '" + NUMBER + "')";
    }

    /** MD5 in lower-case hex of the UTF-8 bytes of a text. */
    String hash(String text) {
        return "md5(" + text + ")";
    }

    /** Twelve hex digits of a hash as an exact number. */
    abstract String bits(String hash, int from);

    /** The texts of a group, in an order, joined by U+001F; those that are null are passed over. */
    String gathered(String text, String order) {
        return "listagg(" + text + ", " + control(31) + ") within group (order by " + order + ")";
    }

    String decimal(String text, int scale) {
        return text("cast(" + text + " as numeric(38," + scale + "))");
    }

    String control(int code) {
        return "chr(" + code + ")";
    }

    /** A number written out with its places, and any other text as it is; null for an empty one. */
    String number(String trimmed, int scale) {
        String text = "nullif(" + trimmed + ", '')";
        return "case when " + isNumber(text) + " then " + decimal(text, scale) + " else " + text + " end";
    }

    /** A time with a T and without fractions, and any other text as it is; null for an empty one. */
    String time(String trimmed) {
        String text = "nullif(" + trimmed + ", '')";
        return "case when " + length(text) + " >= 19 then "
                + joined(List.of(substring(text, 1, 10), "'T'", substring(text, 12, 8))) + " else " + text + " end";
    }

    /** A time as a value and not as a text. */
    String moment(String time) {
        return "timestamp '" + time + "'";
    }

    /** Whether a text says an earlier time than a literal with a T. */
    String isBefore(String text, String time) {
        return time(text) + " < " + time;
    }

    /** A row with its children behind it, where it has any. */
    String appended(String row, String gathered) {
        return joined(List.of(row, "coalesce(" + joined(List.of(control(31), gathered)) + ", '')"));
    }

    /** Whether other columns may be named beside those that a group is made by. */
    boolean groupsByKey() {
        return false;
    }

    String substring(String text, int from, int length) {
        return "substr(" + text + ", " + from + ", " + length + ")";
    }

    String length(String text) {
        return "length(" + text + ")";
    }

    String joined(List<String> parts) {
        return String.join(" || ", parts);
    }

    String quoted(String name) {
        return '"' + name + '"';
    }
}
