package isthmus.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of bad inputs, as a list and as the page of security tells it. */
public final class BadInputs {
    private static final Path TABLE = Path.of("src/test/resources/isthmus/hostile/bad-inputs.csv");
    private static final int COLUMNS = 6;

    private BadInputs() {}

    static List<BadInput> all() {
        List<BadInput> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(TABLE)) {
                List<String> cells = cells(line);
                if (cells.get(0).equals("id")) {
                    continue;
                }
                if (cells.size() != COLUMNS) {
                    throw new IllegalStateException("not " + COLUMNS + " columns: " + line);
                }
                all.add(new BadInput(
                        all.size(),
                        Integer.parseInt(cells.get(0)),
                        cells.get(1),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5)));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return all;
    }

    static List<BadInput> by(String... ways) {
        return all().stream()
                .filter(input -> List.of(ways).contains(input.way()) && !input.isOpen())
                .toList();
    }

    /** A line of RFC 4180, in which no cell holds a line end. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean isDoubled = isQuoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (isDoubled) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /** For docs/security.md: a fixture and what becomes of it, with all that is sent. */
    public static String page() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        all().stream()
                .sorted(Comparator.comparing(BadInput::id))
                .forEach(input -> rows.computeIfAbsent(
                                "| %d | %%s | %s |%n".formatted(input.id(), told(input)), row -> new ArrayList<>())
                        .add(input.variant()));
        StringBuilder page = new StringBuilder("| fixture | what is sent | what becomes of it |\n|---|---|---|\n");
        rows.forEach((row, variants) -> page.append(row.formatted(String.join("; ", variants))));
        return page.toString();
    }

    private static String told(BadInput input) {
        return input.isOpen() ? "open" : "`" + input.expected() + "`";
    }

    /** The fixtures of which a part is open, as docs/security.md lists them. */
    public static String open() {
        return all().stream()
                .filter(BadInput::isOpen)
                .map(BadInput::id)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
