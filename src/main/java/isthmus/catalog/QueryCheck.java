package isthmus.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks a pull's {@code <pull>.sql}: one question, no doubles, and every column of the contract in it. */
final class QueryCheck {
    private static final Pattern CHANGES = Pattern.compile(
            "(?i)\\b(insert|update|delete|merge|drop|alter|create|truncate|grant|call|exec|lock)\\b(?!\\s*\\()");
    private static final Pattern DOUBLES = Pattern.compile("(?i)\\bas\\s+(double|float|real)\\b");

    private final Pull pull;
    private final Section columns;
    private final Section children;
    private final Path file;
    private final Problems problems;

    QueryCheck(Pull pull, Section body, Path folder, Problems problems) {
        this.pull = pull;
        this.columns = body.section("columns");
        this.children = body.section("children");
        this.file = folder.resolve(pull.name() + ".sql");
        this.problems = problems;
    }

    void check() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceAll("--.*", "").replaceAll("'[^']*'", "''");
            text.append(line).append('\n');
            if (CHANGES.matcher(line).find()) {
                problems.add(file.toString(), i + 1, "a query that changes something", "a pull only reads");
            }
            if (DOUBLES.matcher(line).find()) {
                problems.add(file.toString(), i + 1, "a double", "cast to decimal: money and energy are exact");
            }
            if (line.contains(";")) {
                problems.add(file.toString(), i + 1, "more than one statement", "write one select without ;");
            }
        }
        String query = text.toString();
        if (!query.strip().toLowerCase(Locale.ROOT).matches("(?s)(select|with)\\b.*")) {
            problems.add(file.toString(), 1, "not a query", "begin with select");
        }
        named(columns, query, "");
        for (String child : pull.children().keySet()) {
            if (query.contains(child + ".")) {
                named(children.section(child), query, child + ".");
            } else {
                String what = "no column of child table " + child + " is in " + file.getFileName();
                children.problem(child, what, "label them \"" + child + ".COLUMN\"");
            }
        }
    }

    private void named(Section section, String query, String prefix) {
        boolean takesAll = Pattern.compile("(?i)select\\s+(distinct\\s+)?([a-z]+\\.)?\\*")
                .matcher(query)
                .find();
        for (String key : section.keys()) {
            for (String column : PullReader.names(section, key)) {
                Pattern word =
                        Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(prefix + column) + "(?![A-Za-z0-9_])");
                if (!takesAll && !word.matcher(query).find()) {
                    String what = "column " + prefix + column + " is not in " + file.getFileName();
                    section.problem(key, what, "select it there, or check its name");
                    break;
                }
            }
        }
    }
}
