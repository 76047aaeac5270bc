package isthmus.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.flow.Failure;
import isthmus.flow.Rehearsal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Measures a reader: a file is fetched, checked from end to end and cut into chunks, as a pull does it before it maps. */
final class ReadBench {
    private static final long WARM_UP = 200_000;

    private final ReadFormat format;
    private final long rows;
    private final Consumer<String> progress;

    ReadBench(ReadFormat format, long rows, Consumer<String> progress) {
        this.format = format;
        this.rows = rows;
        this.progress = progress;
    }

    /** What was read, in how much time. */
    private record Pass(long rows, Duration time) {
        double perSecond() {
            return rows / (time.toNanos() / 1e9);
        }
    }

    /**
     * What was measured, for programs and for people.
     *
     * @param isSound false when the bare library is more than twice as fast
     */
    record Report(Map<String, Object> document, String text, boolean isSound) {}

    Report measure(Path directory) throws IOException {
        progress.accept("warming up");
        Path warm = Files.createDirectories(directory.resolve("warm-up"));
        Path small = format.write(warm, Math.min(rows, WARM_UP));
        read(warm);
        if (format == ReadFormat.DELIMITED) {
            bare(small);
        }
        progress.accept("writing " + rows + " rows");
        Path files = Files.createDirectories(directory.resolve("files"));
        Path file = format.write(files, rows);
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        progress.accept("reading");
        Pass read = read(files);
        long heap = pools().stream()
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
        double mib = Files.size(file) / 1048576.0;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("job", "read-" + format.code());
        document.put("rows", read.rows());
        document.put("fileMiB", Math.round(mib));
        document.put("rowsPerSecond", Math.round(read.perSecond()));
        document.put("greatestHeapMiB", heap);
        document.put("heapLimitMiB", Runtime.getRuntime().maxMemory() >> 20);
        String text = String.format(
                Locale.ROOT,
                "%s: %,d records in %,.0f MiB, %,.0f records/s, %,.1f MiB/s, greatest heap %d of %d MiB",
                format.code(),
                read.rows(),
                mib,
                read.perSecond(),
                mib / (read.time().toNanos() / 1e9),
                heap,
                Runtime.getRuntime().maxMemory() >> 20);
        if (format != ReadFormat.DELIMITED) {
            return new Report(document, text, true);
        }
        progress.accept("the bare library");
        Pass bare = bare(file);
        double ratio = read.perSecond() / bare.perSecond();
        document.put("bareRowsPerSecond", Math.round(bare.perSecond()));
        document.put("ratio", BenchCost.rounded(ratio));
        String compared = String.format(
                Locale.ROOT,
                "%s%nthe bare CSV library: %,.0f records/s%nratio %.2f, at least 0.5",
                text,
                bare.perSecond(),
                ratio);
        return new Report(document, compared, ratio >= 0.5);
    }

    private Pass read(Path files) throws IOException {
        Path folder = Files.createDirectories(files.resolve("routes/bench"));
        Files.writeString(folder.resolve("system.yaml"), format.card(files.toAbsolutePath()));
        Files.writeString(folder.resolve("payment.mapping.yaml"), format.mapping());
        Files.writeString(folder.resolve("read.camel.yaml"), new Scaffold("bench", "file").route("read"));
        Catalog catalog = CatalogReader.only(folder, Home.here().config(), name -> null);
        AtomicLong count = new AtomicLong();
        try (Rehearsal rehearsal = Rehearsal.open(catalog, Clock.systemUTC())) {
            long begin = System.nanoTime();
            Failure failure = rehearsal.read("bench", "read", null, chunk -> {
                count.addAndGet(chunk.pieces().size());
                return true;
            });
            if (failure != null || count.get() == 0) {
                throw new IllegalStateException("the file was not read: " + failure);
            }
            return new Pass(count.get(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static Pass bare(Path file) throws IOException {
        long begin = System.nanoTime();
        long rows = 0;
        long length = 0;
        try (CsvReader<de.siegmar.fastcsv.reader.CsvRecord> lines =
                CsvReader.builder().ofCsvRecord(file)) {
            for (var line : lines) {
                rows++;
                for (int i = 0; i < line.getFieldCount(); i++) {
                    length += line.getField(i).length();
                }
            }
        }
        if (length == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return new Pass(rows, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
