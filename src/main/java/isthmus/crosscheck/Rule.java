package isthmus.crosscheck;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One check of {@code config/reconciliation}, read and sound.
 *
 * @param file where it stands, for messages
 * @param owner the system whose people look into its breaks
 * @param limit how many open breaks of an error do not make the night red
 * @param parameters numbers of its own that the SQL asks for, by name
 * @param query gives a row for everything compared, or for everything that is wrong
 * @param population counts what was looked at where the query gives only what is wrong; else null
 * @param price money for each kWh where the query gives no money; else null
 * @param explanation a text with the query's columns in braces
 * @param causes by code a sentence with the query's columns in braces
 */
record Rule(
        String file,
        String code,
        String title,
        Severity severity,
        String owner,
        long limit,
        Tolerance tolerance,
        Map<String, BigDecimal> parameters,
        Query query,
        @Nullable Query population,
        @Nullable BigDecimal price,
        String explanation,
        Map<String, String> causes) {

    /** How much a break of it weighs. */
    enum Severity {
        INFO,
        WARNING,
        ERROR;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
