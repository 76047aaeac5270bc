package isthmus.crosscheck;

import isthmus.catalog.Problems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessResourceFailureException;

/** Has the migrated store parse the rules' SQL; nothing is run. */
final class RuleProof {
    private static final OffsetDateTime ANY = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final Set<String> NUMBERS = Set.of("kwh_left", "kwh_right", "money");

    private final DataSource store;
    private final Problems problems;

    RuleProof(DataSource store, Problems problems) {
        this.store = store;
        this.problems = problems;
    }

    void prove(List<Rule> rules) {
        try (Connection connection = store.getConnection()) {
            for (Rule rule : rules) {
                Map<String, Integer> columns = columns(connection, rule, rule.query());
                if (!columns.isEmpty()) {
                    look(rule, columns);
                }
                Query population = rule.population();
                if (population != null) {
                    columns(connection, rule, population);
                }
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the store cannot be asked about the rules", away);
        }
    }

    /** The columns by name with their type; none where the store refuses the query. */
    private Map<String, Integer> columns(Connection connection, Rule rule, Query query) throws SQLException {
        Map<String, Integer> columns = new HashMap<>();
        try (PreparedStatement statement = query.prepare(connection, rule, ANY)) {
            ResultSetMetaData described = statement.getMetaData();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                columns.put(described.getColumnLabel(i), described.getColumnType(i));
            }
        } catch (PSQLException refused) {
            ServerErrorMessage server = refused.getServerErrorMessage();
            if (server == null) {
                throw refused;
            }
            String hint = server.getHint() == null ? "docs/reconciliation.md lists the views" : server.getHint();
            problems.add(
                    rule.file(), query.lineOf(rule, server.getPosition()), String.valueOf(server.getMessage()), hint);
        }
        return columns;
    }

    private void look(Rule rule, Map<String, Integer> columns) {
        int line = rule.query().line();
        for (String name : List.of("subject", "cause")) {
            if (!columns.containsKey(name)) {
                problems.add(rule.file(), line, "the query gives no " + name, "select … as " + name);
            }
        }
        columns.forEach((name, type) -> {
            if (type == Types.DOUBLE || type == Types.REAL) {
                problems.add(
                        rule.file(), line, "column " + name + " is a double", "energy and money are exact: numeric");
            } else if (NUMBERS.contains(name) && type != Types.NUMERIC) {
                problems.add(rule.file(), line, "column " + name + " is not numeric", "cast it: ::numeric");
            }
        });
        String texts = rule.explanation() + " " + String.join(" ", rule.causes().values());
        Matcher place = RuleReader.PLACE.matcher(texts);
        while (place.find()) {
            if (!columns.containsKey(place.group(1))
                    && !Set.of("difference", "title", "owner").contains(place.group(1))) {
                problems.add(rule.file(), line, "the query gives no " + place.group(1), "a text names it in braces");
            }
        }
    }
}
