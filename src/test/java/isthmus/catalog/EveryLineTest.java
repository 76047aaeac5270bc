package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks every line of every YAML file of a folder, one at a time, and asks lint which one it was. */
@NullUnmarked
class EveryLineTest {
    private static final Pattern NAME = Pattern.compile("^([\\s-]*[{\\[\"']*)([A-Za-z_][A-Za-z0-9_./]*)(.*)$");
    /** Whose value may be any text: nothing can tell a wrong one. */
    private static final Pattern FREE = Pattern.compile(
            "^\\s*(title|owner|description|id|version|user|host|port|folder|hostKey|service|directory|archive|refused|operation"
                    + "|record|messageTime|nextPageToken|pattern|header|detail|trailer|namespace|delimiter|done|require):.*|.*(text|name|raw|key|constant|placeholder|yes|no):.*");

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"billing", "metering", "crm"})
    void everyBrokenLineIsNamed(String system) throws IOException {
        Path folder = root.resolve(system);
        copy(Path.of("routes", system), folder);
        assertThat(CatalogReader.lint(List.of(folder))).isEmpty();

        List<String> missed = new ArrayList<>();
        int broken = 0;
        for (Path file : yaml(folder)) {
            String text = Files.readString(file);
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                for (String line : broken(lines.get(i))) {
                    List<String> changed = new ArrayList<>(lines);
                    changed.set(i, line);
                    Files.writeString(file, String.join("\n", changed) + "\n");
                    broken++;
                    if (!isNamed(folder, file, i + 1)) {
                        missed.add(folder.relativize(file) + ":" + (i + 1) + " " + line + "   "
                                + CatalogReader.lint(List.of(folder)));
                    }
                }
            }
            Files.writeString(file, text);
        }

        assertThat(missed).isEmpty();
        assertThat(broken).isGreaterThan(300);
    }

    /** The first name misspelt, a bracket that never closes, a value that is something else. */
    private static List<String> broken(String line) {
        List<String> ways = new ArrayList<>();
        String code = line.replaceAll("\\s+#.*$", "");
        Matcher name = NAME.matcher(code);
        if (code.isBlank() || code.startsWith("#") || !name.matches()) {
            return ways;
        }
        ways.add(name.group(1) + "x" + name.group(2) + name.group(3));
        ways.add(name.group(1) + "\"" + name.group(2) + name.group(3).replaceAll("\\s+$", ""));
        if (code.endsWith(":")) {
            ways.add(code + " [");
        }
        if (!FREE.matcher(code).matches()) {
            ways.add(code.replaceFirst(": (\"?)([^{\\[\"]+)(\"?)$", ": $1x$2$3"));
        }
        ways.remove(line);
        ways.remove(code);
        return ways;
    }

    private static boolean isNamed(Path folder, Path file, int line) {
        return CatalogReader.lint(List.of(folder)).stream()
                .anyMatch(fault -> fault.file().equals(file.toString()) && fault.line() == line);
    }

    private static List<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
