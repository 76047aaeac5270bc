package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** The files of a system's folder: what is wrong with one is told with file and line, whatever bytes it holds. */
@NullUnmarked
class MappingFuzzTest {
    private static final Path EXAMPLE = Path.of("examples/rsm012json");
    private static final long LONGEST_NANOS = 20_000_000_000L;
    private static final Path ROOT = root();

    private static final Path MAPPING = copy("mapping").resolve("intervalblock.mapping.yaml");
    private static final Path SYSTEM = copy("system").resolve("system.yaml");
    private static final Path CODES = copy("codes").resolve("codes/flow.KIND.csv");

    private static Path root() {
        try {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "isthmus-fuzz")
                    : Files.createTempDirectory("isthmus-fuzz");
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    /** A folder without samples: what a mapping makes of records is not asked here. */
    private static Path copy(String part) {
        Path folder = ROOT.resolve(part).resolve("rsm012json");
        try (Stream<Path> paths = Files.walk(EXAMPLE)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (!path.startsWith(EXAMPLE.resolve("samples"))) {
                    Path target = folder.resolve(EXAMPLE.relativize(path).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(path, target);
                    target.toFile().deleteOnExit();
                }
            }
            return folder;
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void mapping(byte[] bytes) throws IOException {
        holds(MAPPING, MAPPING.getParent(), bytes);
        holds(SYSTEM, SYSTEM.getParent(), bytes);
        holds(CODES, CODES.getParent().getParent(), bytes);
    }

    private static void holds(Path file, Path folder, byte[] bytes) throws IOException {
        long start = System.nanoTime();
        Files.write(file, bytes);
        int lines = 2
                + (int) new String(bytes, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n' || c == '\r' || c == 0x85)
                        .count();

        List<Problems.Fault> faults = CatalogReader.lint(List.of(folder));

        for (Problems.Fault fault : faults) {
            assertThat(Path.of(fault.file())).startsWith(folder);
            if (fault.file().equals(file.toString())) {
                assertThat(fault.line()).isBetween(0, lines);
            }
        }
        List<LegacySystem> sound = CatalogReader.sound(List.of(folder));
        if (faults.isEmpty()) {
            assertThat(sound).hasSize(1);
        }
        for (LegacySystem system : sound) {
            assertThat(system.mappings()).extracting(MappingSpec::entity).contains("intervalblock");
        }
        assertThat(System.nanoTime() - start).as("no hang").isLessThan(LONGEST_NANOS);
    }
}
