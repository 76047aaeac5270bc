package isthmus.source;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.NullUnmarked;

/**
 * Measures a reader: {@code ReaderSpeed <format> <megabytes> [rounds]} writes a file of that size, reads it as a pull would (checked
 * from end to end, then cut into chunks' pieces), and prints rows a second and the greatest heap. For {@code delimited} it
 * reads the same file with the bare CSV library as well.
 */
@NullUnmarked
public final class ReaderSpeed {
    private static final int CHUNK = 5_000;

    private ReaderSpeed() {}

    public static void main(String[] arguments) throws Exception {
        String format = arguments[0];
        long bytes = Long.parseLong(arguments[1]) << 20;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path file = Files.createTempFile("isthmus-speed", "." + format);
        try {
            write(format, file, bytes);
            trial(format).format().check(file);
            for (int i = 0; i < rounds; i++) {
                read(format, file);
                if (format.equals("delimited")) {
                    bare(file);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Trial trial(String format) {
        return switch (format) {
            case "delimited" ->
                new Trial(format).columns("NO", "PLACE", "AT", "TOTAL", "PEAK", "VALLEY", "NAME", "UNIT");
            case "jsonl" -> new Trial(format).columns("NO", "AT", "TOTAL");
            case "fixed" -> new Trial(format).columns("NO at 1..10", "AT at 11..29", "TOTAL at 30..39");
            case "xml" -> new Trial(format).with("record", "/d/r").columns("NO at no", "AT at at", "TOTAL at total");
            case "json" -> new Trial(format).with("record", "/r").columns("NO at no", "AT at at", "TOTAL at total");
            case "nem12" ->
                new Trial(format).columns("NMI", "SUFFIX", "DATE").child("values", "NO", "VALUE", "QUALITY");
            case "espi" ->
                new Trial(format)
                        .columns("POINT at usagePointId", "UOM at ReadingType/uom", "DAY at =day")
                        .child("IntervalReading", "START at timePeriod/start", "VALUE at value")
                        .with("days", "IntervalReading")
                        .with("time", "START");
            case "mscons" ->
                new Trial(format)
                        .columns("LOCATION", "PRODUCT", "DAY at =day")
                        .child("values", "VALUE", "FROM", "TO")
                        .with("days", "values")
                        .with("time", "FROM");
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static void write(String format, Path file, long bytes) throws IOException {
        switch (format) {
            case "delimited" -> fill(file, bytes, "", ReaderSpeed::line, "");
            case "jsonl" -> fill(file, bytes, "", i -> json(i) + "\n", "");
            case "fixed" -> fill(file, bytes, "", i -> String.format("%010d2026-11-22 00:00:00%010d%n", i, i), "");
            case "xml" -> fill(file, bytes, "<d>", ReaderSpeed::xml, "</d>");
            case "json" -> fill(file, bytes, "{\"r\":[", i -> json(i) + ",", "{}]}");
            case "nem12" -> fill(file, bytes, "100,NEM12,202611230015,A,B\n", ReaderSpeed::day, "900\n");
            case "espi" -> fill(file, bytes, FEED, ReaderSpeed::block, "</feed>");
            case "mscons" ->
                fill(
                        file,
                        bytes,
                        "UNB+UNOC:3+S+R+261123:0015+REF'UNH+1+MSCONS:D:04B:UN:2.2e'",
                        ReaderSpeed::profile,
                        "UNT+1+1'UNZ+1+REF'");
            default -> throw new IllegalArgumentException(format);
        }
    }

    private static final String FEED =
            "<feed><entry><link rel='self' href='/ReadingType/1'/><content><ReadingType><uom>72</uom>"
                    + "</ReadingType></content></entry><entry><link rel='self' href='/C/1/UsagePoint/1/MeterReading/1'/>"
                    + "<link rel='related' href='/ReadingType/1'/><content><MeterReading/></content></entry>";

    private static void fill(Path file, long bytes, String head, LongFunction<String> row, String end)
            throws IOException {
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            long written = 0;
            for (long i = 0; written < bytes; i++) {
                byte[] next = row.apply(i).getBytes(StandardCharsets.UTF_8);
                out.write(next);
                written += next.length;
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(long i) {
        return "41012345" + i + ",MP" + i + ",2026-11-22 00:00:00," + i % 10_000 + ".35," + i % 7_000 + ".10,"
                + i % 3_000 + ".25,\"Place, no. " + i + "\",kWh\n";
    }

    private static String json(long i) {
        return "{\"no\":\"41012345" + i + "\",\"at\":\"2026-11-22T00:00:00Z\",\"total\":" + i % 10_000 + ".35}";
    }

    private static String xml(long i) {
        return "<r><no>41012345" + i + "</no><at>2026-11-22T00:00:00Z</at><total>" + i % 10_000 + ".35</total></r>\n";
    }

    private static String day(long i) {
        StringBuilder day = new StringBuilder("200,61" + i + ",E1,E1,E1,N1,M1,kWh,30,\n300,20261122");
        for (int n = 0; n < 48; n++) {
            day.append(',').append((i + n) % 100).append(".5");
        }
        return day + ",A,,,20261123,\n";
    }

    private static String block(long i) {
        StringBuilder block = new StringBuilder(
                "<entry><link rel='up' href='/C/1/UsagePoint/1/MeterReading/1/IntervalBlock'/><content><IntervalBlock>");
        for (int n = 0; n < 96; n++) {
            block.append("<IntervalReading><timePeriod><duration>900</duration><start>")
                    .append(1_700_000_000L + i * 86_400 + n * 900)
                    .append("</start></timePeriod><value>")
                    .append(n)
                    .append("</value></IntervalReading>");
        }
        return block + "</IntervalBlock></content></entry>\n";
    }

    private static String profile(long i) {
        StringBuilder profile = new StringBuilder("NAD+DP'LOC+172+DE" + i + "'LIN+1'PIA+5+1-1?:1.29.0:SRW'");
        for (int n = 0; n < 96; n++) {
            String from = String.format("20261122%02d%02d", n / 4, n % 4 * 15);
            profile.append("QTY+220:1,5'DTM+163:" + from + "?+01:303'DTM+164:" + from + "?+01:303'");
        }
        return profile.toString();
    }

    private static void read(String format, Path file) throws Exception {
        pools();
        long begin = System.nanoTime();
        Format reader = trial(format).format();
        Format.Sound sound = reader.check(file);
        long checked = System.nanoTime();
        long rows = 0;
        try (Records records = reader.read(file, sound, "f", 0)) {
            Slices slices = new Slices();
            java.util.List<isthmus.model.Piece> chunk = new java.util.ArrayList<>();
            while (records.advance()) {
                chunk.add(records.piece(slices));
                rows++;
                if (chunk.size() == CHUNK || slices.size() > Extraction.MAX_BYTES) {
                    chunk.clear();
                    slices = new Slices();
                }
            }
        }
        long done = System.nanoTime();
        print(format + " check", rows, begin, checked, file);
        print(format + " cut", rows, checked, done, file);
        print(format + " both", rows, begin, done, file);
        System.out.printf("  greatest heap %d MB%n", greatest() >> 20);
    }

    private static void bare(Path file) throws IOException {
        long begin = System.nanoTime();
        long rows = 0;
        long length = 0;
        try (var lines = CsvReader.builder().ofCsvRecord(file)) {
            for (var line : lines) {
                rows++;
                for (int i = 0; i < line.getFieldCount(); i++) {
                    length += line.getField(i).length();
                }
            }
        }
        print("bare library", rows, begin, System.nanoTime(), file);
        if (length == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private static void print(String what, long rows, long from, long to, Path file) throws IOException {
        double seconds = (to - from) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-16s %,12d rows %8.2f s %,12.0f rows/s %8.1f MB/s%n",
                what,
                rows,
                seconds,
                rows / seconds,
                Files.size(file) / seconds / (1 << 20));
    }

    private static void pools() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long greatest() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
