package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * Green Button feeds (NAESB ESPI): every IntervalBlock is a record, to which the ReadingType, MeterReading, UsagePoint and
 * LocalTimeParameters are added that its links lead to, wherever in the feed they stand.
 */
final class Espi implements Format {
    private static final String ENTRY = "/feed/entry";

    private final TreeContract contract;
    private final Days days;
    private final ZoneId zone;

    Espi(Pull pull, ZoneId zone) {
        contract = new TreeContract(pull);
        days = new Days(pull, zone);
        this.zone = zone;
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        Tree.Source source = () -> Files.newInputStream(file);
        EspiResources resources = resources(source);
        resources.requireZone(zone);
        try (Records records = open(source, resources, "", 0)) {
            long end = 0;
            while (records.advance()) {
                end = records.ordinal();
            }
            return new Sound(null, end, List.of());
        }
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws Refused, IOException {
        Tree.Source source = () -> Files.newInputStream(file);
        return open(source, resources(source), name, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        Tree.Source source = () -> new ByteArrayInputStream(bytes);
        try (Records records = open(source, resources(source), "", 0)) {
            return Days.again(records, bytes, ordinal, locator);
        } catch (Refused refused) {
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refused.rejection());
        } catch (IOException impossible) {
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
        }
    }

    private EspiResources resources(Tree.Source source) throws Refused, IOException {
        EspiResources resources = new EspiResources();
        try (TreeRecords entries = entries(source, "")) {
            while (entries.advance()) {
                resources.add(entries.node(), entries.raw());
            }
        }
        return resources;
    }

    private TreeRecords entries(Tree.Source source, String name) throws Refused, IOException {
        Charset charset = Tree.charset(source);
        Window window = Tree.window(source.open(), charset);
        return new TreeRecords(new XmlEvents(window), window, contract, ENTRY, charset, name, 0);
    }

    private Records open(Tree.Source source, EspiResources resources, String name, long done)
            throws Refused, IOException {
        Blocks blocks = new Blocks(entries(source, name), resources, name);
        return days.areDealt() ? days.of(blocks, done) : new Skipping(blocks, done);
    }

    /** The blocks of each entry that has some. */
    private final class Blocks implements Records {
        private final TreeRecords entries;
        private final EspiResources resources;
        private final String name;
        private List<Node> blocks = List.of();
        private int next;
        private long ordinal;

        Blocks(TreeRecords entries, EspiResources resources, String name) {
            this.entries = entries;
            this.resources = resources;
            this.name = name;
        }

        @Override
        public boolean advance() throws Refused, IOException {
            next++;
            while (next >= blocks.size()) {
                if (!entries.advance()) {
                    return false;
                }
                blocks = entries.node().at(EspiResources.BLOCK);
                next = 0;
            }
            ordinal++;
            return true;
        }

        @Override
        public long ordinal() {
            return ordinal;
        }

        @Override
        public Piece piece(Slices slices) {
            EspiResources.Joined joined = resources.join(entries.node(), blocks.get(next));
            TreeContract.Cut cut = contract.cut(joined.record(), java.util.Map.of());
            byte[] bytes = entries.kept(joined.raw() + alone(entries.raw()));
            return new Piece(
                    cut.values(),
                    cut.children(),
                    ordinal,
                    name + ":" + ordinal,
                    slices.add(bytes, 0, bytes.length),
                    joined.isWhole()
                            ? cut.refusal()
                            : new Outcome.Rejected(
                                    Reason.REF_MISSING, "ReadingType", "its links lead to no ReadingType of the feed"));
        }

        /** The entry without its other blocks: cut again, it would give the first of them. */
        private String alone(String entry) {
            StringBuilder alone = new StringBuilder();
            int at = 0;
            for (int i = 0; i < blocks.size(); i++) {
                if (i != next) {
                    alone.append(entry, at, blocks.get(i).from());
                    at = blocks.get(i).to();
                }
            }
            return alone.append(entry, at, entry.length()).toString();
        }

        @Override
        public void close() throws IOException {
            entries.close();
        }
    }
}
