package isthmus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
                    "bills, curves, unchanged, reconcile, serve, identity, audit, seal, or read-FORMAT for a reader alone (default: ${DEFAULT-VALUE}).")
    private String job = "bills";

    @Option(names = "--rows", defaultValue = "1000000", description = "Records (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--blocks",
            defaultValue = "100000",
            description = "Interval blocks of reconcile, after its bills; 0 for none (default: ${DEFAULT-VALUE}).")
    private int blocks;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        if (rows < 1) {
            throw new Refusal(Exit.USAGE, "--rows is at least 1.");
        }
        if (blocks < 0) {
            throw new Refusal(Exit.USAGE, "--blocks is at least 0.");
        }
        Optional<ReadFormat> reader = ReadFormat.of(job);
        if (job.equalsIgnoreCase("reconcile")) {
            return night();
        }
        if (job.equalsIgnoreCase("serve")) {
            return serve();
        }
        if (job.equalsIgnoreCase("identity")) {
            return identity();
        }
        if (job.equalsIgnoreCase("audit")) {
            return audit();
        }
        if (job.equalsIgnoreCase("seal")) {
            return seal();
        }
        return reader.isPresent() ? read(reader.get()) : chain(named());
    }

    private BenchJob named() {
        return Arrays.stream(BenchJob.values())
                .filter(one -> one.name().equalsIgnoreCase(job))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Exit.USAGE,
                        "There is no job " + job
                                + "; there are bills, curves, unchanged, reconcile, serve, identity, audit, seal, "
                                + ReadFormat.jobs() + "."));
    }

    private int read(ReadFormat format) throws Exception {
        return in(directory -> {
            ReadBench.Report report = new ReadBench(format, rows, voice::doing).measure(directory);
            return told(report.document(), report.text(), report.isSound());
        });
    }

    private int chain(BenchJob chain) throws Exception {
        return over((directory, islands) -> {
            BenchReport report = new Bench(chain, rows, directory, islands, voice::doing).measure();
            return told(report.document(), report.text(), report.faults().isEmpty());
        });
    }

    private int night() throws Exception {
        return over((directory, islands) -> {
            NightBench.Report bills =
                    new NightBench(rows, BenchSite.of(BenchJob.BILLS, directory, islands, voice::doing)).measure();
            if (blocks == 0) {
                return told(bills.document(), bills.text(), bills.isSound());
            }
            DayBench.Report days =
                    new DayBench(blocks, BenchSite.of(BenchJob.CURVES, directory, islands, voice::doing)).measure();
            Map<String, Object> document = bills.document();
            document.put("days", days.document());
            return told(document, bills.text() + "\n\n" + days.text(), bills.isSound() && days.isSound());
        });
    }

    private int serve() throws Exception {
        return over((directory, islands) -> {
            ServeReport report =
                    new ServeBench(rows, BenchSite.of(BenchJob.BILLS, directory, islands, voice::doing)).measure();
            return told(report.document(), report.text(), report.isSound());
        });
    }

    private int identity() throws Exception {
        return over((directory, islands) -> {
            IdentityBench.Report report =
                    new IdentityBench(rows, BenchSite.of(BenchJob.BILLS, directory, islands, voice::doing)).measure();
            return told(report.document(), report.text(), report.isSound());
        });
    }

    private int audit() throws Exception {
        return over((directory, islands) -> {
            AuditBench.Report report =
                    new AuditBench(rows, BenchSite.of(BenchJob.BILLS, directory, islands, voice::doing)).measure();
            return told(report.document(), report.text(), report.isSound());
        });
    }

    private int seal() throws Exception {
        return over((directory, islands) -> {
            SealBench.Report report =
                    new SealBench(rows, BenchSite.of(BenchJob.BILLS, directory, islands, voice::doing)).measure();
            return told(report.document(), report.text(), report.isSound());
        });
    }

    private int told(Object document, String text, boolean isSound) {
        voice.answer(document, text);
        return isSound ? Exit.OK : Exit.CHECK_FAILED;
    }

    private interface OverIslands {
        int measure(Path directory, Islands islands) throws Exception;
    }

    private int over(OverIslands bench) throws Exception {
        return in(directory -> {
            try (Islands islands = Islands.on(Home.here(), directory, OPTIONS, voice::doing)) {
                return bench.measure(directory, islands);
            }
        });
    }

    private interface InDirectory {
        int measure(Path directory) throws Exception;
    }

    private int in(InDirectory bench) throws Exception {
        Path directory = Files.createTempDirectory("isthmus-bench");
        try {
            return bench.measure(directory);
        } finally {
            voice.close();
            DemoCommand.delete(directory);
        }
    }
}
