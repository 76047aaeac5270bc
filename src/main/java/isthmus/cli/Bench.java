package isthmus.cli;

import isthmus.store.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** One measurement: both chains are warmed up, then each carries the same new rows while the other rests. */
final class Bench {
    static final String HUB = "hub";
    static final String BARE = "bare";

    private static final int ENOUGH_TO_WARM_UP = 150_000;
    private static final int ENOUGH_TO_TELL_NOISE = 100_000;
    private static final List<String> WARM_UP_DAYS = List.of("2005-01-01", "2010-01-01");
    private static final String DAY = "2020-01-01";

    private final BenchJob job;
    private final int rows;
    private final int warmUp;
    private final Path directory;
    private final Islands islands;
    private final BenchServers servers;
    private final Consumer<String> doing;
    private final long self = ProcessHandle.current().pid();

    Bench(BenchJob job, int rows, Path directory, Islands islands, Consumer<String> doing) throws IOException {
        this.job = job;
        this.rows = rows;
        warmUp = rows < ENOUGH_TO_TELL_NOISE ? rows : ENOUGH_TO_WARM_UP;
        this.directory = directory;
        this.islands = islands;
        servers = new BenchServers(directory, islands.card(), job);
        this.doing = doing;
    }

    BenchReport measure() throws Exception {
        lay(0, WARM_UP_DAYS.get(0));
        try (FullPath path = new FullPath(Home.here(), islands.environment(), job.entity)) {
            Bare bare = bare(path);
            doing.accept("the full path");
            path.relay();
            if (job == BenchJob.UNCHANGED) {
                String position = path.position();
                path.pass();
                path.rewind(position);
            }
            Map<TopicPartition, Long> told = path.ends();
            BenchCost before = servers.now(HUB, self);
            Tally tally = path.pass();
            BenchCost cost = servers.now(HUB, self).minus(before);
            var counts = new BenchCounts(
                    bare.records,
                    bare.stored,
                    tally.applied(),
                    tally.unchanged(),
                    tally.quarantined(),
                    path.eventsSince(told));
            return new BenchReport(
                    job,
                    rows,
                    warmUp * WARM_UP_DAYS.size(),
                    cost,
                    servers.peakMiB(HUB, self),
                    bare.cost,
                    bare.peakMiB,
                    bare.startUp,
                    counts,
                    faults(counts, bare.cost));
        }
    }

    /** @param startUp processor seconds of the hub's process until it was warm */
    private record Bare(double startUp, BenchCost cost, Map<String, Long> peakMiB, long records, long stored) {}

    /** Warms both chains up and lets the bare one carry the rows. */
    private Bare bare(FullPath path) throws IOException, InterruptedException {
        Path source = job == BenchJob.CURVES ? directory.resolve("sftp/out") : path.query();
        try (BareProcess bare = BareProcess.start(Home.here(), directory, islands.environment(), source)) {
            long already = 0;
            for (String day : WARM_UP_DAYS) {
                doing.accept("warming up with " + warmUp + " rows");
                lay(warmUp, day);
                already += bare.ask(question(day));
                warmUp(path);
            }
            double startUp = Kernel.processorSeconds(self);
            doing.accept("laying " + rows + " rows");
            lay(rows, DAY);
            doing.accept("the bare chain");
            BenchCost before = servers.now(BARE, bare.pid());
            long records = bare.ask(question(DAY));
            BenchCost cost = servers.now(BARE, bare.pid()).minus(before);
            long stored = job == BenchJob.UNCHANGED ? 0 : bare.ask("count") - already;
            return new Bare(startUp, cost, servers.peakMiB(BARE, bare.pid()), records, stored);
        }
    }

    /**
     * Twice, because the compiler bets on what the first pull shows it (that nothing overlaps, that nothing is held already)
     * and begins again with the second.
     */
    private void warmUp(FullPath path) throws InterruptedException {
        path.relay();
        path.pass();
        if (job == BenchJob.UNCHANGED) {
            path.rewind(null);
            path.pass();
        }
        path.rest();
    }

    private String question(String from) {
        return (job == BenchJob.UNCHANGED ? "read " : "chain ") + from;
    }

    private List<String> faults(BenchCounts counts, BenchCost bare) {
        List<String> faults = new ArrayList<>();
        if (!counts.areWhole(job, rows)) {
            faults.add("both chains should have brought " + rows + " records: " + counts);
        }
        if (rows >= ENOUGH_TO_TELL_NOISE && bare.perRecordWithoutSource(rows) > job.noisyAbove(rows)) {
            faults.add(String.format(
                    Locale.ROOT,
                    "the machine is too noisy: the bare chain took %.1f, on a quiet one at most %.1f",
                    bare.perRecordWithoutSource(rows),
                    job.noisyAbove(rows)));
        }
        return faults;
    }

    private void lay(int records, String from) throws IOException, InterruptedException {
        Cargo.lay(directory, job.cargo, records, from);
    }
}
