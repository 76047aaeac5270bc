package isthmus.demo.truth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the truth file: every record that must come out and every reason why one must not.
 *
 * <p>Versions of one record are offered in any order within a family of rows; {@link #settle} writes what stands at the
 * end. Parents are settled before or together with what refers to them.
 */
public final class Truth implements AutoCloseable {
    private static final Map<String, Function<Row, Said>> READINGS = Map.of(
            "billing:customer", BillingReading::customer,
            "billing:account", BillingReading::account,
            "billing:servicepoint", BillingReading::servicePoint,
            "billing:tariff", BillingReading::tariff,
            "billing:bill", MoneyReading::bill,
            "billing:payment", MoneyReading::payment,
            "metering:servicepoint", MeteringReading::servicePoint,
            "metering:meter", MeteringReading::meter,
            "metering:registerreading", MeteringReading::reading);
    private static final Map<String, Function<Row, Said>> CRM_READINGS =
            Map.of("crm:customer", CrmReading::customer, "crm:servicerequest", CrmReading::request);
    private static final Set<String> LEAVES = Set.of("intervalblock", "registerreading", "servicerequest");

    private final Writer out;
    private final StringBuilder line = new StringBuilder(4096);
    private final Map<String, Standing> standing = new LinkedHashMap<>();
    private final Map<String, IntervalBlock> blocks = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Sum> sums = new TreeMap<>();

    private Truth(Writer out) {
        this.out = out;
    }

    public static Truth create(Path file) throws IOException {
        OutputStream zipped = new FastGzip(Files.newOutputStream(file));
        return new Truth(new BufferedWriter(new OutputStreamWriter(zipped, StandardCharsets.UTF_8), 1 << 16));
    }

    /** One row offered to one entity; answers the reason why it is refused, or null when it is not. */
    public @Nullable String offer(
            String system, String entity, Row row, String sequence, String locator, @Nullable String fault)
            throws IOException {
        String name = system + ":" + entity;
        Function<Row, Said> reading = READINGS.containsKey(name) ? READINGS.get(name) : CRM_READINGS.get(name);
        if (reading == null) {
            throw new IllegalArgumentException("no reading of " + name);
        }
        try {
            Standing offered = new Standing(system, entity, reading.apply(row), sequence);
            standing.merge(offered.said().id(), offered, Standing::later);
            return null;
        } catch (Refused refused) {
            reject(system, entity, locator, refused.reason, fault);
            return refused.reason;
        }
    }

    /** One line of a curve file, offered as a piece of its block. */
    public @Nullable String curve(String text, String sequence, String locator, @Nullable String fault)
            throws IOException {
        try {
            CurvePiece piece = CurvePiece.read(text, sequence);
            blocks.computeIfAbsent(IntervalBlock.id(piece), id -> new IntervalBlock())
                    .add(piece);
            return null;
        } catch (Refused refused) {
            reject("metering", "intervalblock", locator, refused.reason, fault);
            return refused.reason;
        }
    }

    /** What must lie in quarantine, once a fault has been planted there. */
    public void reject(String system, String entity, String locator, String reason, @Nullable String fault)
            throws IOException {
        line.setLength(0);
        line.append("{\"kind\":\"reject\",\"system\":");
        CanonicalJson.quote(line, system);
        line.append(",\"entity\":");
        CanonicalJson.quote(line, entity);
        line.append(",\"locator\":");
        CanonicalJson.quote(line, locator);
        line.append(",\"reason\":");
        CanonicalJson.quote(line, reason);
        line.append(",\"fault\":");
        CanonicalJson.write(line, fault);
        out.append(line.append("}\n"));
    }

    /** Writes what stands of everything offered since the last call. */
    public void settle() throws IOException {
        blocks.forEach((id, block) -> standing.put(id, new Standing("metering", "intervalblock", block.say(), "")));
        blocks.clear();
        for (Standing record : standing.values()) {
            if (!LEAVES.contains(record.entity())) {
                known.add(record.said().id());
            }
        }
        for (Standing record : standing.values()) {
            write(record);
        }
        standing.clear();
    }

    private void write(Standing record) throws IOException {
        Said said = record.said();
        boolean pending = !known.containsAll(said.refs());
        line.setLength(0);
        line.append("{\"kind\":\"record\",\"entity\":\"")
                .append(record.entity())
                .append("\",\"id\":");
        CanonicalJson.quote(line, said.id());
        line.append(",\"deleted\":").append(said.deleted());
        line.append(",\"pending\":").append(pending).append(",\"record\":");
        CanonicalJson.write(line, said.body());
        out.append(line.append("}\n"));
        if (!said.deleted()) {
            sums.computeIfAbsent(record.system() + ":" + record.entity(), name -> new Sum())
                    .add(said);
        }
    }

    @Override
    public void close() throws IOException {
        settle();
        for (Map.Entry<String, Sum> entry : sums.entrySet()) {
            String[] name = entry.getKey().split(":");
            Map<String, Object> totals = new LinkedHashMap<>();
            totals.put("count", entry.getValue().count);
            totals.put("energy", Sum.text(entry.getValue().energy));
            totals.put("entity", name[1]);
            totals.put("kind", "totals");
            totals.put("money", Sum.text(entry.getValue().money));
            totals.put("system", name[0]);
            out.append(CanonicalJson.of(totals)).append("\n");
        }
        out.close();
    }

    private record Standing(String system, String entity, Said said, String sequence) {
        Standing later(Standing other) {
            return other.sequence.compareTo(sequence) > 0 ? other : this;
        }
    }

    private static final class Sum {
        private long count;
        private @Nullable BigDecimal money;
        private @Nullable BigDecimal energy;

        void add(Said said) {
            count++;
            money = plus(money, said.money());
            energy = plus(energy, said.energy());
        }

        private static @Nullable BigDecimal plus(@Nullable BigDecimal sum, @Nullable BigDecimal value) {
            if (value == null) {
                return sum;
            }
            return sum == null ? value : sum.add(value);
        }

        private static @Nullable String text(@Nullable BigDecimal sum) {
            return sum == null ? null : Numbers.places(sum);
        }
    }

    /** The truth of a large world is a gigabyte of text: speed before density. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(1);
        }
    }
}
