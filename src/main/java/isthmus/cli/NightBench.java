package isthmus.cli;

import isthmus.flow.PassReport;
import isthmus.flow.Passes;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What it costs to compare many bills on both shores: once as they agree, and once with thirteen differences, of which all
 * and nothing else must be found.
 */
final class NightBench {
    private static final String DAY = "2020-01-01";
    private static final long LATE = 4;
    private static final long GONE = 3;
    private static final long CHANGED = 6;
    private static final long MOST_MOVED = 1_000;
    private static final double MOST_SECONDS_A_MILLION = 15;

    private final int rows;
    private final Path directory;
    private final Islands islands;
    private final Consumer<String> doing;
    private final BenchServers servers;
    private final long self = ProcessHandle.current().pid();

    NightBench(int rows, Path directory, Islands islands, Consumer<String> doing) throws IOException {
        this.rows = rows;
        this.directory = directory;
        this.islands = islands;
        this.doing = doing;
        servers = new BenchServers(directory, islands.card(), BenchJob.BILLS);
    }

    /** One comparison; {@code line} is that of the entity in question. */
    record Measured(BenchCost cost, NightReport.Line line) {
        /** The only system that gives an entity compares its shores. */
        static Measured of(Hub hub, String entity, Supplier<BenchCost> now) {
            BenchCost before = now.get();
            NightReport report = hub.room(Night.class)
                    .run(new NightOptions(Instant.now(), Duration.ZERO, Set.of(system(hub, entity)), false));
            BenchCost cost = now.get().minus(before);
            NightReport.Line line = report.lines().stream()
                    .filter(one -> one.entity().equals(entity))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(Exit.CHECK_FAILED, entity + " was not compared: " + report.away()));
            return new Measured(cost, line);
        }

        /** Missing, extra, different. */
        List<Long> apart() {
            return List.of(
                    line.missing().total(),
                    line.extra().total(),
                    line.different().total());
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            Map<String, Object> spent = new LinkedHashMap<>();
            cost.processorSeconds().forEach((process, seconds) -> spent.put(process, BenchCost.rounded(seconds)));
            document.put("processorSeconds", spent);
            document.put("sum", BenchCost.rounded(processorSeconds()));
            document.put("seconds", BenchCost.rounded(cost.seconds()));
            document.put("moved", line.moved());
            document.put("missing", line.missing().total());
            document.put("extra", line.extra().total());
            document.put("different", line.different().total());
            return document;
        }

        static Table table() {
            return new Table(
                    "shores", "hub", "store", "source", "CPU s", "wall s", "moved", "missing", "extra", "different");
        }

        void row(Table table, String name) {
            Map<String, Double> spent = cost.processorSeconds();
            table.row(
                    name,
                    two(spent.getOrDefault(Bench.HUB, 0.0)),
                    two(spent.getOrDefault("store", 0.0)),
                    two(spent.getOrDefault(BenchServers.SOURCE, 0.0)),
                    two(processorSeconds()),
                    two(cost.seconds()),
                    line.moved(),
                    line.missing().total(),
                    line.extra().total(),
                    line.different().total());
        }

        private static String two(double seconds) {
            return String.format(Locale.ROOT, "%.2f", seconds);
        }

        double processorSeconds() {
            return cost.processorSeconds().values().stream()
                    .mapToDouble(spent -> spent)
                    .sum();
        }
    }

    /** Both comparisons. */
    record Report(int rows, Measured same, Measured apart, Map<String, Long> peakMiB) {
        boolean isSound() {
            return same.line().source() == rows
                    && same.apart().equals(List.of(0L, 0L, 0L))
                    && apart.apart().equals(List.of(LATE, GONE, CHANGED))
                    && apart.line().moved() < MOST_MOVED;
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job", "reconcile");
            document.put("rows", rows);
            document.put("same", same.document());
            document.put("apart", apart.document());
            document.put("peakMemoryMiB", peakMiB);
            document.put("limits", Map.of("processorSecondsAMillion", MOST_SECONDS_A_MILLION, "moved", MOST_MOVED));
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = Measured.table();
            same.row(table, "agree");
            apart.row(table, "13 apart");
            return table.text() + "\n" + rows + " bills; hub at most " + peakMiB.get(Bench.HUB) + " MiB. "
                    + (isSound()
                            ? "All thirteen were found, and nothing else."
                            : "Not sound: four are missing, three extra and six different.");
        }
    }

    Report measure() throws IOException, InterruptedException {
        doing.accept("laying " + rows + " bills");
        Cargo.lay(directory, "bills", 0, DAY);
        Cargo.lay(directory, "bills", rows, DAY);
        try (Hub hub = Hub.start(Home.here(), islands.environment(), false)) {
            doing.accept("pulling them");
            PassReport pass = hub.room(Passes.class).once(Set.of(system(hub, BenchJob.BILLS.entity)), pieces -> {});
            if (!pass.green()) {
                throw new Refusal(Exit.CHECK_FAILED, String.join("; ", pass.problems()));
            }
            doing.accept("comparing shores that agree");
            Measured same = compare(hub);
            Cargo.lay(directory, "drift", 0, DAY);
            doing.accept("comparing shores with thirteen differences");
            Measured apart = compare(hub);
            return new Report(rows, same, apart, servers.peakMiB(Bench.HUB, self));
        }
    }

    /** The system that gives an entity. */
    static String system(Hub hub, String entity) {
        return hub.room(Passes.class).catalog().systems().stream()
                .filter(system ->
                        system.pulls().stream().anyMatch(pull -> pull.entities().contains(entity)))
                .findFirst()
                .orElseThrow(() -> new Refusal(Exit.USAGE, "No system in routes/ gives " + entity + "."))
                .name();
    }

    private Measured compare(Hub hub) {
        return Measured.of(hub, BenchJob.BILLS.entity, () -> servers.now(Bench.HUB, self));
    }
}
