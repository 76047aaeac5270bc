package isthmus.serve.lineage;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.model.Chunk;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import isthmus.source.Extraction;
import isthmus.source.FileArrival;
import isthmus.source.Inbox;
import isthmus.source.JdbcChunks;
import isthmus.source.LocalFolder;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows and files of one household, brought ashore by the real readers and mappings into a real store. */
final class Ashore {
    static final Charset GB18030 = Charset.forName("GB18030");
    static final String BILL = "urn:isthmus:yj:billing:bill:3100012345/202610/1";
    static final String POINT = "MP0000123456";
    static final String ASSET = "4101234567890";

    final Store store = Store.fresh();
    final Catalog catalog = CatalogReader.offline(
            List.of(Path.of("routes/billing"), Path.of("routes/metering"), Path.of("routes/crm")), Path.of("config"));
    private final Path root;
    private final Normalizer normalizer;
    private final Runs runs = new Runs(store.source, store.clock);

    Ashore(Path root) throws IOException {
        this.root = root;
        for (String directory : List.of("out", "archive", "refused")) {
            Files.createDirectories(root.resolve(directory));
        }
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
        normalizer = Normalizer.compile(catalog, new Fingerprints(key), store.clock);
    }

    static String reading(String day) {
        return "urn:isthmus:yj:metering:registerreading:" + ASSET + "/" + day + "T00:00:00+08:00/raw";
    }

    static String block(String day) {
        return "urn:isthmus:yj:metering:intervalblock:" + ASSET + "/kwh-delivered/" + day + "/raw";
    }

    /** October's bill of the household, one energy line. */
    void bill(String previous, String current, String price, String changed) {
        bill("3100012345", previous, current, price, changed);
    }

    void bill(String account, String previous, String current, String price, String changed) {
        BigDecimal kwh = new BigDecimal(current).subtract(new BigDecimal(previous));
        String amount = kwh.multiply(new BigDecimal(price))
                .setScale(2, java.math.RoundingMode.HALF_UP)
                .toPlainString();
        Map<String, Object> row = new LinkedHashMap<>();
        put(row, "CONS_NO", account, "RCVBL_YM", "202610", "SEQ_NO", "1", "MP_NO", POINT, "PRC_CODE", "RES1");
        put(row, "PRC_BGN", "20250101", "BILL_KIND", "1", "BGN_DATE", "20261001", "END_DATE", "20261101");
        put(row, "T_PQ", kwh.toPlainString(), "PRE_READ", previous, "CUR_READ", current, "T_FACTOR", "1.00");
        put(row, "NET_AMT", amount, "TAX_AMT", "0.00", "RCVBL_PENALTY", "0.00", "RCVBL_AMT", amount);
        put(row, "RCVED_AMT", "0.00", "OWE_AMT", amount, "RELEASE_TIME", "2026-11-02 09:00:00");
        put(row, "DUE_DATE", "2026-11-20", "SETTLE_FLAG", "01", "LAST_UPDATED", changed, "lines.LINE_NO", "1");
        put(row, "lines.KIND_CODE", "01", "lines.QTY", kwh.toPlainString(), "lines.UNIT_PRICE", price);
        put(row, "lines.AMT", amount);
        for (String empty : List.of("PEAK_PQ", "VALLEY_PQ", "lines.TOU_CODE", "lines.TIER_NO")) {
            row.put(empty, null);
        }
        LegacySystem billing = catalog.system("billing");
        long run = runs.begin("billing", "test");
        Extraction extraction =
                new Extraction(billing, billing.pull("bill"), run, OffsetDateTime.parse("2026-11-23T00:15:00+08:00"));
        commit(new JdbcChunks(extraction, List.of(row).iterator(), Optional.empty()));
        runs.end(run);
    }

    /** @param lines of a day's readings, as {@link #dial} writes them */
    void readings(String name, String time, String... lines) throws IOException {
        file("reading", name, frame("H,日冻结示数,READ,20261101," + time, 6, lines));
    }

    static String dial(String day, String total) {
        return "D," + ASSET + "," + POINT + "," + day + " 00:00:00,2,1," + total + ",,,1.00";
    }

    void curves(String name, String time, String... lines) throws IOException {
        file("curve", name, frame("H,电能量曲线,CURVE,20261101," + time, 103, lines));
    }

    /** A day of which every quarter of an hour has the same energy. */
    static String day(String day, String quarter) {
        BigDecimal sum = new BigDecimal(quarter).multiply(BigDecimal.valueOf(96));
        String values = IntStream.range(0, 96).mapToObj(i -> quarter).collect(Collectors.joining(","));
        return "D," + ASSET + "," + POINT + "," + day.replace("-", "") + ",1,1," + "1".repeat(96) + "," + values + ","
                + sum.toPlainString();
    }

    private static String frame(String head, int summed, String... lines) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String line : lines) {
            sum = sum.add(new BigDecimal(line.split(",", -1)[summed]));
        }
        return head + "\n" + String.join("\n", lines) + "\nT," + lines.length + "," + sum.toPlainString() + "\n";
    }

    private void file(String pull, String name, String text) throws IOException {
        Files.write(root.resolve("out").resolve(name), text.getBytes(GB18030));
        Files.write(root.resolve("out").resolve(name + ".done"), new byte[0]);
        LegacySystem metering = catalog.system("metering");
        long run = runs.begin("metering", "test");
        Extraction extraction =
                new Extraction(metering, metering.pull(pull), run, OffsetDateTime.parse("2026-11-23T00:15:00+08:00"));
        Path work = Files.createTempDirectory("isthmus-test");
        try (Inbox inbox = new Inbox(extraction, new LocalFolder(root), store.arrivals(), work, store.clock)) {
            for (FileArrival file : inbox.arrived()) {
                commit(file.chunks());
                file.archive();
            }
        }
        runs.end(run);
    }

    private void commit(Iterator<Chunk> chunks) {
        chunks.forEachRemaining(chunk -> store.chunks.commit(normalizer.normalize(chunk)));
    }

    private static void put(Map<String, Object> row, String... cells) {
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
    }
}
