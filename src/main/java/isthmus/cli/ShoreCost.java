package isthmus.cli;

import isthmus.reconcile.Night;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What one comparison of both shores has cost, and what it has found; {@code line} is that of the entity in question. */
record ShoreCost(BenchCost cost, NightReport.Line line) {
    /** The system that gives the entity of the site's job compares its shores. */
    static ShoreCost of(Hub hub, BenchSite site) {
        String entity = site.job().entity;
        BenchCost before = site.now();
        NightReport report = hub.room(Night.class)
                .run(new NightOptions(Instant.now(), Duration.ZERO, Set.of(site.system(hub)), false));
        BenchCost cost = site.now().minus(before);
        NightReport.Line line = report.lines().stream()
                .filter(one -> one.entity().equals(entity))
                .findFirst()
                .orElseThrow(() -> new Refusal(Exit.CHECK_FAILED, entity + " was not compared: " + report.away()));
        return new ShoreCost(cost, line);
    }

    /** Missing, extra, different. */
    List<Long> apart() {
        return List.of(
                line.missing().total(), line.extra().total(), line.different().total());
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
