package isthmus.cli;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.audit.AuditTrail;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Inspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What it costs to write the audit: so many entries in chunks by writers who get in each other's way, then one by one, then all verified. */
final class AuditBench {
    private static final int CHUNK = 1_000;
    private static final int WRITERS = 4;
    private static final int ALONE = 2_000;
    private static final long LEAST_A_SECOND = 10_000;

    private final int rows;
    private final BenchSite site;

    AuditBench(int rows, BenchSite site) {
        this.rows = rows;
        this.site = site;
    }

    /**
     * What was measured, in entries a second of the clock on the wall.
     *
     * @param alone each in a transaction of its own
     */
    record Report(long entries, long chunks, long alone, long verified, boolean isWhole, BenchCost cost) {

        boolean isSound() {
            return isWhole && chunks >= LEAST_A_SECOND;
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job", "audit");
            document.put("entries", entries);
            document.put("inChunksASecond", chunks);
            document.put("oneByOneASecond", alone);
            document.put("verifiedASecond", verified);
            document.put("processorSeconds", cost.processorSeconds());
            document.put("limits", Map.of("inChunksASecond", LEAST_A_SECOND));
            document.put("sound", isSound());
            return document;
        }

        String text() {
            Table table = new Table("entries a second", "");
            table.row("in chunks of " + CHUNK + ", " + WRITERS + " writers", chunks);
            table.row("one by one", alone);
            table.row("verified", verified);
            return table.text()
                    + "\n%,d entries; processor seconds while they were written in chunks: %s. "
                            .formatted(entries, rounded())
                    + (isSound() ? "The log is whole." : "Not sound: too slow, or the log does not verify.");
        }

        private Map<String, Double> rounded() {
            Map<String, Double> rounded = new LinkedHashMap<>();
            cost.processorSeconds().forEach((process, spent) -> rounded.put(process, BenchCost.rounded(spent)));
            return rounded;
        }
    }

    Report measure() throws Exception {
        try (Hub hub = Hub.start(Home.here(), site.islands().environment(), false)) {
            Audit audit = hub.room(Audit.class);
            site.doing().accept("warming up");
            write(audit, CHUNK * WRITERS * 5);
            site.doing().accept("writing " + rows + " entries");
            BenchCost before = site.now();
            double seconds = write(audit, rows);
            BenchCost cost = site.now().minus(before);
            site.doing().accept("writing " + ALONE + " entries one by one");
            long began = System.nanoTime();
            for (int i = 0; i < ALONE; i++) {
                audit.write(List.of(deed(i)));
            }
            double alone = seconds(began);
            site.doing().accept("verifying");
            began = System.nanoTime();
            Inspection.Report report = hub.room(AuditTrail.class).inspect(none());
            double verified = seconds(began);
            return new Report(
                    rows,
                    Math.round(rows / seconds),
                    Math.round(ALONE / alone),
                    Math.round(report.entries() / verified),
                    report.isSound(),
                    cost);
        }
    }

    private static Evidence none() throws IOException {
        return Evidence.of(List.of());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double write(Audit audit, int entries) throws Exception {
        List<Callable<Boolean>> chunks = new ArrayList<>();
        for (int from = 0; from < entries; from += CHUNK) {
            int first = from;
            int size = Math.min(CHUNK, entries - from);
            chunks.add(() -> {
                List<Deed> deeds = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    deeds.add(deed(first + i));
                }
                audit.write(deeds);
                return true;
            });
        }
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            long began = System.nanoTime();
            for (Future<Boolean> done : writers.invokeAll(chunks)) {
                done.get();
            }
            return seconds(began);
        } finally {
            writers.shutdown();
        }
    }

    private static Deed deed(int i) {
        return new Deed(
                "bench", "repair.different", "urn:isthmus:yj:bench:bill:%010d/202611/1".formatted(i), "bench, run 1");
    }
}
