package isthmus.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a span of work has cost.
 *
 * @param processorSeconds user and system, by process
 */
record BenchCost(Map<String, Double> processorSeconds, double seconds) {

    BenchCost minus(BenchCost before) {
        Map<String, Double> spent = new LinkedHashMap<>();
        processorSeconds.forEach(
                (process, total) -> spent.put(process, total - before.processorSeconds.getOrDefault(process, 0.0)));
        return new BenchCost(spent, seconds - before.seconds);
    }

    /** Microseconds of processor a record, which is processor seconds per million records, of all processes. */
    double perRecord(int rows) {
        return processorSeconds.values().stream().mapToDouble(spent -> spent).sum() * 1e6 / rows;
    }

    /** The same without the legacy system that the rows come from. */
    double perRecordWithoutSource(int rows) {
        return perRecord(rows) - processorSeconds.getOrDefault(BenchServers.SOURCE, 0.0) * 1e6 / rows;
    }

    Map<String, Object> document(int rows, Map<String, Long> peakMiB) {
        Map<String, Object> perMillion = new LinkedHashMap<>();
        processorSeconds.forEach((process, spent) -> perMillion.put(process, rounded(spent * 1e6 / rows)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("processorSecondsPerMillion", perMillion);
        document.put("sum", rounded(perRecord(rows)));
        document.put("sumWithoutSource", rounded(perRecordWithoutSource(rows)));
        document.put("seconds", rounded(seconds));
        document.put("recordsPerSecond", Math.round(rows / seconds));
        document.put("peakMemoryMiB", peakMiB);
        return document;
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
