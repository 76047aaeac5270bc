package isthmus.crosscheck;

import isthmus.catalog.Problems;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SELECT over the views with named parameters: {@code :asOf} is the moment of the night, {@code :day} its day in the
 * utility's zone, {@code :abs}, {@code :rel} and {@code :graceDays} the tolerance's, all others the rule's own.
 *
 * @param line of the file where the SQL begins
 */
record Query(String sql, int line) {
    private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|::|:([a-z][A-Za-z0-9]*)");
    private static final Pattern CHANGES = Pattern.compile(
            "(?i)\\b(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|call|copy|lock|set|do|listen|notify|vacuum"
                    + "|into|returning|pg_[a-z_]+|lo_[a-z_]+|dblink[a-z_]*|set_config|nextval|setval)\\b");
    private static final Pattern TABLES = Pattern.compile(
            "(?i)\\b(from|join)\\s+(record\\w*|change|chunk\\w*|quarantine|finding|raw_\\w+|run\\w*|pending_ref|information_schema\\S*)(?![\\w(])");
    private static final Pattern DOUBLES = Pattern.compile("(?i)(::|\\bas)\\s*(double precision|float[48]?|real)\\b");

    /** Tells what is wrong with the text alone; the store says the rest. */
    void lint(String file, Set<String> parameters, Problems problems) {
        String[] lines = sql.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String code = lines[i].replaceAll("--.*", "").replaceAll("'[^']*'", "''");
            Matcher changes = CHANGES.matcher(code);
            if (changes.find()) {
                problems.add(
                        file,
                        line + i,
                        "not for a rule: " + changes.group(),
                        "a rule only reads, one select over the views");
            }
            if (code.contains(";")) {
                problems.add(file, line + i, "more than one statement", "write one select without ;");
            }
            Matcher table = TABLES.matcher(code);
            if (table.find()) {
                problems.add(
                        file,
                        line + i,
                        "a table: " + table.group(2),
                        "read the views, docs/reconciliation.md lists them");
            }
            if (DOUBLES.matcher(code).find()) {
                problems.add(file, line + i, "a double", "energy and money are exact: numeric");
            }
            Matcher token = TOKEN.matcher(lines[i]);
            while (token.find()) {
                if (token.group(1) != null && !parameters.contains(token.group(1))) {
                    problems.add(file, line + i, "unknown parameter :" + token.group(1), "known here: " + parameters);
                }
            }
        }
        if (!sql.strip().toLowerCase(Locale.ROOT).matches("(?s)(select|with)\\b.*")) {
            problems.add(file, line, "not a query", "begin with select or with");
        }
    }

    /** The names of the parameters that it asks for. */
    Set<String> asked() {
        Set<String> names = new HashSet<>();
        TOKEN.matcher(sql)
                .results()
                .map(token -> token.group(1))
                .filter(name -> name != null)
                .forEach(names::add);
        return names;
    }

    PreparedStatement prepare(Connection connection, Rule rule, OffsetDateTime asOf) throws SQLException {
        List<Object> values = new ArrayList<>();
        PreparedStatement statement = connection.prepareStatement(positional(rule, asOf, values));
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    /** The line of the file at a place in the text that was sent; no replacement spans or makes a line. */
    int lineOf(Rule rule, int position) {
        String sent = positional(rule, OffsetDateTime.MIN, new ArrayList<>());
        return line
                + (int) sent.substring(0, Math.max(0, Math.min(position, sent.length()) - 1))
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }

    private String positional(Rule rule, OffsetDateTime asOf, List<Object> values) {
        Matcher token = TOKEN.matcher(sql);
        StringBuilder out = new StringBuilder();
        while (token.find()) {
            String name = token.group(1);
            String replacement = token.group();
            if (name != null) {
                replacement = switch (name) {
                    case "asOf" -> "cast(? as timestamptz)";
                    case "day" -> "cast(? as date)";
                    case "graceDays" -> "cast(? as integer)";
                    case "abs", "rel" -> "cast(? as numeric)";
                    default -> isWhole(rule.parameters(), name) ? "cast(? as integer)" : "cast(? as numeric)";
                };
                values.add(value(rule, name, asOf));
            }
            token.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        return token.appendTail(out).toString();
    }

    private static boolean isWhole(Map<String, BigDecimal> parameters, String name) {
        return parameters.getOrDefault(name, BigDecimal.ONE).scale() <= 0;
    }

    private static Object value(Rule rule, String name, OffsetDateTime asOf) {
        return switch (name) {
            case "asOf" -> asOf;
            case "day" -> asOf.toLocalDate();
            case "graceDays" -> rule.tolerance().graceDays();
            case "abs" -> rule.tolerance().abs();
            case "rel" -> rule.tolerance().rel();
            default -> rule.parameters().getOrDefault(name, BigDecimal.ZERO);
        };
    }
}
