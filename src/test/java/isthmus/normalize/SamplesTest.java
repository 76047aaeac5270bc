package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs routes/&#42;/samples and examples/&#42;/samples as {@code isthmus test} does. */
class SamplesTest {
    private static final Path CONFIG = Path.of("config");

    @TempDir
    Path root;

    static Stream<Samples.Result> samples() throws IOException {
        return Stream.concat(samples(Path.of("routes")), samples(Path.of("examples")));
    }

    private static Stream<Samples.Result> samples(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            List<Path> systems = folders.filter(Files::isDirectory).sorted().toList();
            Catalog catalog = CatalogReader.offline(systems, CONFIG);
            Samples samples = new Samples(catalog);
            return catalog.systems().stream()
                    .map(LegacySystem::name)
                    .flatMap(name -> samples.run(name, false).stream())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatTheSampleSays(Samples.Result result) {
        assertThat(result.differences()).as(result.file()).isEmpty();
        assertThat(result.faults()).as(result.file()).isEmpty();
    }

    @Test
    void tellsWhatDiffersAndTakesItOverOnlyWhenAsked() throws IOException {
        // given a sample whose amount somebody changed
        Path folder = Files.createDirectories(root.resolve("billing"));
        copy(Path.of("routes/billing"), folder);
        Path in = folder.resolve("samples/a-payment-by-wechat.in.json");
        assertThat(in).exists();
        Files.writeString(in, Files.readString(in).replace("164.52", "164.53"));
        Samples samples = new Samples(CatalogReader.offline(List.of(folder), CONFIG));

        // when it is run, then the field is named, and nothing is written
        Samples.Result red = run(samples, false);
        assertThat(red.differences())
                .anySatisfy(difference -> assertThat(difference)
                        .isEqualTo(new Differences.Difference("/payment/amount", "\"164.52\"", "\"164.53\"")));
        assertThat(run(samples, false).holds()).isFalse();

        // when it is taken over, then it holds from now on
        assertThat(run(samples, true).differences()).isEqualTo(red.differences());
        assertThat(run(samples, false).holds()).isTrue();
    }

    private static Samples.Result run(Samples samples, boolean update) {
        return samples.run("billing", update).stream()
                .filter(result -> result.sentence().equals("a-payment-by-wechat"))
                .findFirst()
                .orElseThrow();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }
}
