package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pull's own query, asked for some of its keys. */
final class Narrowing {
    /** Anything that could end a literal, or be a parameter to Camel. */
    private static final Pattern NOT_PLAIN = Pattern.compile("['\"\\\\:?;\\p{Cntrl}]");

    private static final Logger LOG = LoggerFactory.getLogger(Narrowing.class);

    private Narrowing() {}

    /**
     * The labels of the pull's query by their names in lower case, written as its database wants them: each folds a name
     * without quotes in its own way. None where it does not say.
     */
    static Map<String, String> labels(DataSource database, Pull pull) {
        String none = "select * from (\n" + pull.whole() + "\n) narrowed\nwhere 1 = 0";
        Map<String, String> labels = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(none)) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            ResultSetMetaData columns = rows.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String label = columns.getColumnLabel(i);
                if (!quote.isBlank() && !NOT_PLAIN.matcher(label).find()) {
                    labels.put(label.toLowerCase(Locale.ROOT), quote + label + quote);
                }
            }
        } catch (SQLException fault) {
            LOG.info("{} does not name its columns (SQLSTATE {})", pull.name(), fault.getSQLState());
        }
        return labels;
    }

    /**
     * The system with this pull alone, narrowed; empty where it is no database, or a key is not plain text.
     *
     * @param labels as {@link #labels} has them
     */
    static Optional<LegacySystem> of(LegacySystem system, String name, Set<String> keys, Map<String, String> labels) {
        Pull pull = system.pull(name);
        if (!system.transport().equals("jdbc")) {
            return Optional.empty();
        }
        List<String> columns = pull.key().stream()
                .map(column -> labels.getOrDefault(column.toLowerCase(Locale.ROOT), column))
                .toList();
        List<String> any = new ArrayList<>();
        for (String key : keys) {
            String[] parts = key.split("/", -1);
            if (parts.length != pull.key().size() || NOT_PLAIN.matcher(key).find()) {
                return Optional.empty();
            }
            List<String> all = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                all.add(columns.get(i) + " = '" + parts[i] + "'");
            }
            any.add(all.stream().collect(Collectors.joining(" and ", "(", ")")));
        }
        String sql = "select * from (\n" + pull.unordered() + "\n) narrowed\nwhere " + String.join("\n or ", any)
                + "\norder by " + String.join(", ", columns);
        return Optional.of(system.with(List.of(asking(pull, sql))));
    }

    private static Pull asking(Pull pull, String sql) {
        return new Pull(
                pull.name(),
                pull.entities(),
                pull.key(),
                null,
                pull.columns(),
                pull.children(),
                pull.settings(),
                null,
                sql,
                pull.rejects());
    }
}
