package isthmus.catalog;

import java.util.Map;

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
