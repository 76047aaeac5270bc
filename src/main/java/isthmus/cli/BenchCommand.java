package isthmus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus bench}: what the full path costs, and in the same run what the least code costs that does the same. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the full path over the demo's servers against a bare chain in the same run.")
final class BenchCommand implements Callable<Integer> {
    private static final List<String> OPTIONS =
            List.of("--scale", "1", "--days", "1", "--seed", "1", "--faults", "none");

    @Option(
            names = "--job",
            defaultValue = "bills",
            description =
                    "bills, curves, unchanged, reconcile, or read-FORMAT for a reader alone (default: ${DEFAULT-VALUE}).")
    private String job = "bills";

    @Option(names = "--rows", defaultValue = "1000000", description = "Records (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        if (rows < 1) {
            throw new Refusal(Exit.USAGE, "--rows is at least 1.");
        }
        Optional<ReadFormat> reader = ReadFormat.of(job);
        if (job.equalsIgnoreCase("reconcile")) {
            return night();
        }
        return reader.isPresent() ? read(reader.get()) : chain(named());
    }

    private int night() throws Exception {
        Path directory = Files.createTempDirectory("isthmus-bench");
        try (Islands islands = Islands.on(Home.here(), directory, OPTIONS, voice::doing)) {
            NightBench.Report report = new NightBench(rows, directory, islands, voice::doing).measure();
            voice.answer(report.document(), report.text());
            return report.isSound() ? Exit.OK : Exit.CHECK_FAILED;
        } finally {
            voice.close();
            DemoCommand.delete(directory);
        }
    }

    private BenchJob named() {
        return Arrays.stream(BenchJob.values())
                .filter(one -> one.name().equalsIgnoreCase(job))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Exit.USAGE,
                        "There is no job " + job + "; there are bills, curves, unchanged, reconcile, "
                                + ReadFormat.jobs() + "."));
    }

    private int read(ReadFormat format) throws IOException {
        Path directory = Files.createTempDirectory("isthmus-bench");
        try {
            ReadBench.Report report = new ReadBench(format, rows, voice::doing).measure(directory);
            voice.answer(report.document(), report.text());
            return report.isSound() ? Exit.OK : Exit.CHECK_FAILED;
        } finally {
            voice.close();
            DemoCommand.delete(directory);
        }
    }

    private int chain(BenchJob chain) throws Exception {
        Path directory = Files.createTempDirectory("isthmus-bench");
        try (Islands islands = Islands.on(Home.here(), directory, OPTIONS, voice::doing)) {
            BenchReport report = new Bench(chain, rows, directory, islands, voice::doing).measure();
            voice.answer(report.document(), report.text());
            return report.faults().isEmpty() ? Exit.OK : Exit.CHECK_FAILED;
        } finally {
            voice.close();
            DemoCommand.delete(directory);
        }
    }
}
