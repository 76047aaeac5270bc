package isthmus.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code bench --job serve} has measured. */
record ServeReport(int rows, List<Line> lines, FeedLatency.Measured latency, Exports exports) {
    private static final double SLOWEST = 10;

    /**
     * A question over HTTP and by JDBC.
     *
     * @param least what the throughput over HTTP must be of that by JDBC
     */
    record Line(String name, double least, ServeBench.Side http, ServeBench.Side direct) {
        double ratio() {
            return http.done().perSecond() / direct.done().perSecond();
        }

        /** How many times longer the slowest of a hundred takes over HTTP. */
        double slowest() {
            return http.done().percentile(99) / direct.done().percentile(99);
        }

        boolean isSound() {
            return ratio() >= least && slowest() < SLOWEST;
        }
    }

    /** Exports at once, of which each came to its end. */
    record Exports(int many, int rows, double seconds, PeakMemory peak) {}

    boolean isSound() {
        return lines.stream().allMatch(Line::isSound) && latency.isSound();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("job", "serve");
        document.put("rows", rows);
        for (Line line : lines) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("http", document(line.http()));
            one.put("direct", document(line.direct()));
            one.put("ratio", BenchCost.rounded(line.ratio()));
            one.put("least", line.least());
            one.put("slowestRatio", BenchCost.rounded(line.slowest()));
            document.put(line.name(), one);
        }
        document.put(
                "feed",
                Map.of(
                        "events", latency.events(),
                        "fullSpeedPerSecond", BenchCost.rounded(latency.fullSpeed()),
                        "offeredPerSecond", BenchCost.rounded(latency.offered()),
                        "reachedPerSecond", BenchCost.rounded(latency.reached()),
                        "p50Seconds", BenchCost.rounded(latency.p50Seconds()),
                        "p99Seconds", BenchCost.rounded(latency.p99Seconds())));
        document.put(
                "exports",
                Map.of(
                        "many", exports.many(),
                        "rows", exports.rows(),
                        "seconds", BenchCost.rounded(exports.seconds()),
                        "greatestHeapMiB", exports.peak().heap(),
                        "greatestResidentMiB", exports.peak().resident(),
                        "heapLimitMiB", Runtime.getRuntime().maxMemory() >> 20));
        document.put("sound", isSound());
        return document;
    }

    private static Map<String, Object> document(ServeBench.Side side) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("perSecond", BenchCost.rounded(side.done().perSecond()));
        document.put("p50Ms", BenchCost.rounded(side.done().percentile(50)));
        document.put("p99Ms", BenchCost.rounded(side.done().percentile(99)));
        document.put("processorSeconds", BenchCost.rounded(side.processorSeconds()));
        return document;
    }

    String text() {
        Table table = new Table("question", "over", "a second", "p50 ms", "p99 ms", "CPU s", "ratio", "at least");
        for (Line line : lines) {
            row(table, line.name(), "HTTP", line.http(), two(line.ratio()), two(line.least()));
            row(table, line.name(), "JDBC", line.direct(), "", "");
        }
        return table.text()
                + String.format(
                        Locale.ROOT,
                        "%nfeed: %,d events, offered evenly at %,.0f a second, half of the full path's %,.0f; reached %,.0f: p50 %.2f s, p99 %.2f s from"
                                + " the store's commit to a Kafka consumer."
                                + "%n%d exports of %,d rows at once: all whole after %.1f s; greatest heap %d of %d MiB, process %d MiB.%n%s",
                        latency.events(),
                        latency.offered(),
                        latency.fullSpeed(),
                        latency.reached(),
                        latency.p50Seconds(),
                        latency.p99Seconds(),
                        exports.many(),
                        exports.rows(),
                        exports.seconds(),
                        exports.peak().heap(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        exports.peak().resident(),
                        isSound()
                                ? "Sound."
                                : "Not sound: a ratio is below what it must be, a p99 ten times that by JDBC, the feed above a second, or behind what it was offered.");
    }

    private static void row(Table table, String name, String over, ServeBench.Side side, String ratio, String least) {
        table.row(
                name,
                over,
                two(side.done().perSecond()),
                two(side.done().percentile(50)),
                two(side.done().percentile(99)),
                two(side.processorSeconds()),
                ratio,
                least);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
