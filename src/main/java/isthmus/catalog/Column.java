package isthmus.catalog;

import java.util.List;

/**
 * One column of a pull's contract: how its text is rendered into the row hash (model.md 9.3).
 *
 * @param type {@code text}, {@code decimal}, {@code date} or {@code time}
 * @param scale decimal places of the contract, for {@code decimal}
 * @param classified true when the column holds personal data and so stays out of the row hash
 * @param at where a file's format finds it: a path in a record, bytes of a line; its name where nothing else is said
 */
public record Column(String name, String type, int scale, boolean classified, String at) {

    public Column(String name, String type, int scale, boolean classified) {
        this(name, type, scale, classified, name);
    }

    /** The columns that the meter-data formats themselves have, in the order of their fields. */
    public static final class Names {
        /** Fields 1 to 9 of a NEM12 200 record. */
        public static final List<String> NEM_CHANNEL = List.of(
                "NMI", "CONFIGURATION", "REGISTER", "SUFFIX", "STREAM", "METER", "UOM", "INTERVAL", "NEXT_READ");

        /** Fields of a NEM12 300 record: the date before the values, the others behind them. */
        public static final List<String> NEM_DAY =
                List.of("DATE", "QUALITY_METHOD", "REASON", "REASON_TEXT", "UPDATED", "LOADED");

        /** Columns of the child table {@code values} of a NEM12 piece. */
        public static final List<String> NEM_VALUES = List.of("NO", "VALUE", "QUALITY", "METHOD", "REASON");

        /** Fields 1 to 22 of a NEM13 250 record. */
        public static final List<String> NEM_READING = List.of(
                "NMI",
                "CONFIGURATION",
                "REGISTER",
                "SUFFIX",
                "STREAM",
                "METER",
                "DIRECTION",
                "PREVIOUS_READ",
                "PREVIOUS_TIME",
                "PREVIOUS_QUALITY",
                "PREVIOUS_REASON",
                "PREVIOUS_REASON_TEXT",
                "CURRENT_READ",
                "CURRENT_TIME",
                "CURRENT_QUALITY",
                "REASON",
                "REASON_TEXT",
                "QUANTITY",
                "UOM",
                "NEXT_READ",
                "UPDATED",
                "LOADED");

        /** Columns of an MSCONS load profile. */
        public static final List<String> MSCONS =
                List.of("INTERCHANGE", "SENDER", "RECEIVER", "MESSAGE", "DOCUMENT", "CREATED", "LOCATION", "PRODUCT");

        /** Columns of the child table {@code values} of an MSCONS load profile. */
        public static final List<String> MSCONS_VALUES = List.of("QUALIFIER", "VALUE", "UNIT", "FROM", "TO", "STATUS");

        private Names() {}
    }
}
