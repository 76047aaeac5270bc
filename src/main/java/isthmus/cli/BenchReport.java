package isthmus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What {@code bench} answers.
 *
 * @param path what the full path cost, and bare what the bare chain cost, without start and warm-up
 * @param startUp processor seconds of the hub's process until it was warm
 * @param counts what was counted at the ends of both chains
 * @param faults what makes the measurement worthless; empty when there is nothing
 */
record BenchReport(
        BenchJob job,
        int rows,
        int warmUp,
        BenchCost path,
        Map<String, Long> pathMemory,
        BenchCost bare,
        Map<String, Long> bareMemory,
        double startUp,
        BenchCounts counts,
        List<String> faults) {

    double ratio() {
        return job.ratio(path, bare, rows);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("job", job.name().toLowerCase(Locale.ROOT));
        document.put("rows", rows);
        document.put("ratio", BenchCost.rounded(ratio()));
        document.put("atMost", job.limit());
        document.put("fullPath", path.document(rows, pathMemory));
        document.put("bareChain", bare.document(rows, bareMemory));
        document.put("hubHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
        document.put("warmUpRows", warmUp);
        document.put("startAndWarmUpProcessorSeconds", BenchCost.rounded(startUp));
        document.put("counts", counts);
        document.put("faults", faults);
        return document;
    }

    String text() {
        Table table = new Table("process", "full path", "bare chain");
        for (String process : new TreeSet<>(path.processorSeconds().keySet())) {
            String ours = process.equals(Bench.HUB) ? "the chain itself" : process;
            table.row(
                    ours,
                    perMillion(path, process),
                    perMillion(bare, process.equals(Bench.HUB) ? Bench.BARE : process));
        }
        table.row(
                "all but the source",
                number(path.perRecordWithoutSource(rows)),
                number(bare.perRecordWithoutSource(rows)));
        table.row("records a second", number(rows / path.seconds()), number(rows / bare.seconds()));
        table.row("most memory, MiB", pathMemory.toString(), bareMemory.toString());
        List<String> lines = new ArrayList<>();
        lines.add(table.text());
        lines.add(
                "Processor seconds per million records (microseconds a record), %,d rows after %,d to warm up; start and warm-up took %.1f."
                        .formatted(rows, warmUp, startUp));
        faults.forEach(fault -> lines.add("fault: " + fault));
        lines.add(String.format(Locale.ROOT, "ratio %.2f, at most %.1f", ratio(), job.limit()));
        return String.join("\n", lines);
    }

    private String perMillion(BenchCost cost, String process) {
        return number(cost.processorSeconds().getOrDefault(process, 0.0) * 1e6 / rows);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
