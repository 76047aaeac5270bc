package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * The Australian market's meter data (AEMO Meter Data File Format): NEM12, a piece for each meter, channel and day with its
 * quality ranges, or NEM13, a piece for each accumulation reading.
 */
final class Nem implements Format {
    private final Layout layout;
    private final Charset charset;
    private final ZoneId zone;
    private final String version;

    /** @param version {@code NEM12} or {@code NEM13} */
    Nem(Pull pull, Charset charset, ZoneId zone, String version) {
        layout = pull.layout();
        this.charset = charset;
        this.zone = zone;
        this.version = version;
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        try (NemRecords records = open(Files.newInputStream(file), "", 0)) {
            records.requireHeader();
            while (records.advance()) {
                records.dropCurrent();
            }
            return records.sound(zone);
        }
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws IOException {
        return open(Files.newInputStream(file), name, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        try (NemRecords records = open(new ByteArrayInputStream(bytes), "", 0)) {
            if (records.advance()) {
                Piece piece = records.piece(new Slices());
                return new Piece(piece.values(), piece.children(), ordinal, locator, () -> bytes, piece.refusal());
            }
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the lines of one record");
            return new Piece(new String[layout.columns().size()], List.of(), ordinal, locator, () -> bytes, refusal);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory", impossible);
        }
    }

    private NemRecords open(InputStream in, String name, long done) {
        return new NemRecords(in, new NemCutter(layout, charset), version, name, done);
    }
}
