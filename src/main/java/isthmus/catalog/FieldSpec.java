package isthmus.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a mapping: a canonical field, the conversion that fills it, and what it is filled from.
 *
 * @param path names joined with {@code /} inside the enclosing object; empty for the item of a list
 * @param columns source columns that the conversion reads, known to exist
 * @param word what stands after the conversion where that is no column: entity, constant, child table
 * @param options by name, all known to the conversion
 * @param table the code table, when the conversion reads codes
 * @param key what a reference's key is made of
 * @param members fields of an object, or items of a list
 * @param line where it stands in the file
 */
public record FieldSpec(
        String path,
        Presence presence,
        Conversion conversion,
        List<String> columns,
        @Nullable String word,
        Map<String, List<String>> options,
        @Nullable CodeTable table,
        List<KeyPart> key,
        List<FieldSpec> members,
        int line) {

    /** As {@code unknown} of a code: a code that is not in its table refuses the piece. */
    public static final String REFUSE = "refuse";

    /** The single value of an option, or null when it is not given. */
    public @Nullable String option(String name) {
        List<String> values = options.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** What becomes of a field for which the source has no value. */
    public enum Presence {
        /** {@code name}: the piece is refused. */
        REQUIRED,
        /** {@code name?}: the field is null. */
        NULLABLE,
        /** {@code name??}: the field is absent. */
        ABSENT
    }

    /**
     * A part of a key: literal text, or a column read as native key text, as a date or as a time.
     *
     * @param text the literal, or the column; {@code A|B} is the first of them that holds something
     */
    public record KeyPart(Kind kind, String text) {
        /** How the part is read. */
        public enum Kind {
            LITERAL,
            TEXT,
            DATE,
            TIME
        }
    }

    /** What the words of the mapping language take after them. */
    enum Takes {
        COLUMN,
        COLUMNS,
        WORD,
        ITEMS,
        MEMBERS
    }

    /** The words of the mapping language, with the options that each knows besides {@code default} and {@code when}. */
    public enum Conversion {
        KEY(Takes.COLUMN),
        TEXT(Takes.COLUMN, "max"),
        RAW(Takes.COLUMN),
        NAME(Takes.COLUMN, "placeholder"),
        MATCH(Takes.COLUMN, "pattern", "then", "otherwise"),
        ADDRESS(Takes.COLUMN, "role"),
        CODE(Takes.COLUMN, "table", "unknown"),
        BOOLEAN(Takes.COLUMN, "yes", "no"),
        INTEGER(Takes.COLUMN, "from", "to"),
        MONEY(Takes.COLUMN),
        DECIMAL(Takes.COLUMN),
        PRICE(Takes.COLUMN),
        FACTOR(Takes.COLUMN),
        DATE(Takes.COLUMN, "after", "notBefore"),
        TIME(Takes.COLUMN, "after", "notBefore"),
        IDENTITY(Takes.COLUMN, "type", "table"),
        PHONES(Takes.COLUMNS, "area", "email"),
        REF(Takes.WORD, "key", "tracked"),
        CONSTANT(Takes.WORD, "as"),
        ZONE(Takes.WORD),
        EACH(Takes.WORD, "where", "atLeast", "object"),
        LIST(Takes.ITEMS, "atLeast"),
        OBJECT(Takes.MEMBERS, "needs");

        private final Takes takes;
        private final List<String> options;

        Conversion(Takes takes, String... options) {
            this.takes = takes;
            this.options = List.of(options);
        }

        Takes takes() {
            return takes;
        }

        List<String> options() {
            return options;
        }

        /** The word as it is written. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static boolean isOption(String word) {
            return word.equals("default")
                    || word.equals("when")
                    || Arrays.stream(values()).anyMatch(conversion -> conversion.options.contains(word));
        }

        static @Nullable Conversion of(String word) {
            return Arrays.stream(values())
                    .filter(conversion -> conversion.word().equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * A code table of {@code codes/<table>.<column>.csv}: what each code of that one column means.
     *
     * @param name {@code <table>.<column>}, the file's name
     * @param values canonical value by legacy code
     */
    public record CodeTable(String name, Map<String, String> values) {

        /** The column that the table speaks of. */
        public String column() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }
}
