package isthmus.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Canonical records that were told once, by release and schema; made of invented people, kept as they are for ever. */
public final class Corpus {
    private static final Path FOLDER = Path.of("src/test/resources/isthmus/corpus");

    private Corpus() {}

    static List<String> releases() {
        return names(FOLDER);
    }

    /** One record a line. */
    public static Map<String, List<String>> of(String release) {
        Map<String, List<String>> records = new TreeMap<>();
        for (String file : names(FOLDER.resolve(release))) {
            try {
                records.put(
                        file.replace(".jsonl", ""),
                        Files.readAllLines(FOLDER.resolve(release).resolve(file), StandardCharsets.UTF_8));
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
        return records;
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
