package isthmus.cli;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.normalize.Samples;
import isthmus.normalize.Samples.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus test}: the samples of the folders, offline. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Runs the samples of all systems, or of one: each legacy piece must become what is expected of it.")
final class TestCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "SYSTEM", description = "Only this system.")
    private @Nullable String system;

    @Option(
            names = "--update",
            description = "Writes what came as what is expected from now on, and shows the difference.")
    private boolean update;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes the results as JUnit XML.")
    private @Nullable Path junit;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        Home home = Home.here();
        List<Path> folders = system == null ? home.systems() : List.of(home.system(system));
        Catalog catalog = CatalogReader.offline(folders, home.config());
        Samples samples = new Samples(catalog);
        List<Result> results = new ArrayList<>();
        for (LegacySystem each : catalog.systems()) {
            results.addAll(samples.run(each.name(), update));
        }
        if (junit != null) {
            JunitXml.write(junit, results);
        }
        voice.answer(results, text(results));
        return results.stream().allMatch(this::isWell) ? Exit.OK : Exit.CHECK_FAILED;
    }

    private boolean isWell(Result result) {
        return result.faults().isEmpty() && (update || result.differences().isEmpty());
    }

    private String text(List<Result> results) {
        StringBuilder out = new StringBuilder();
        for (Result result : results) {
            if (!result.holds()) {
                out.append(isWell(result) ? "rewritten " : "FAILED ")
                        .append(result.file())
                        .append('\n');
                result.differences()
                        .forEach(difference ->
                                out.append("  ").append(difference).append('\n'));
                result.faults().forEach(fault -> out.append("  ").append(fault).append('\n'));
            }
        }
        long failed = results.stream().filter(result -> !isWell(result)).count();
        out.append(Count.of(results.size(), "sample"));
        return out.append(failed == 0 ? ", all as expected" : ", " + failed + " failed")
                .toString();
    }
}
