package isthmus.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Real files that nobody of this project wrote, beside the project; nothing of them is copied into it. */
@NullUnmarked
final class SharedData {
    private static final List<Path> PLACES = List.of(Path.of("../shared/data"), Path.of("../../shared/data"));

    private SharedData() {}

    /** A folder of them; the test is skipped, and says so, where they are absent. */
    static Path folder(String name) {
        for (Path place : PLACES) {
            if (Files.isDirectory(place.resolve(name))) {
                return place.resolve(name);
            }
        }
        assumeTrue(false, "skipped: no real inputs at " + PLACES.get(0) + "/" + name);
        throw new IllegalStateException();
    }

    /** Copies the files below a folder into an inbox; answers their names. */
    static List<String> copy(Path from, Path inbox) throws IOException {
        List<String> names = new ArrayList<>();
        Files.createDirectories(inbox);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                names.add(file.getFileName().toString());
                Files.copy(file, inbox.resolve(file.getFileName()));
            }
        }
        if (names.isEmpty()) {
            throw new AssertionError("nothing to read in " + from);
        }
        return names;
    }
}
