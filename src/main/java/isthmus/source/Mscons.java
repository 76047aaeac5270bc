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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UN/EDIFACT MSCONS: every load profile of a message, one place and product, is a record with its quantities as rows. */
final class Mscons implements Format {
    private final Layout layout;
    private final Charset charset;
    private final ZoneId zone;
    private final Days days;

    Mscons(Pull pull, Charset charset, ZoneId zone) {
        layout = pull.layout();
        this.charset = charset;
        this.zone = zone;
        days = new Days(pull, zone);
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        MsconsRecords whole = open(Files.newInputStream(file), "", true);
        try (Records records = days.areDealt() ? days.of(whole, 0) : whole) {
            long end = 0;
            while (records.advance()) {
                end = records.ordinal();
            }
            List<Reason> notes = whole.isMiscounted() ? List.of(Reason.COUNT_DECLARED) : List.of();
            return new Sound(created(whole.created()), end, notes);
        }
    }

    private @Nullable OffsetDateTime created(String text) {
        Instant created = Instants.parse(text, zone);
        return created == null ? null : created.atZone(zone).toOffsetDateTime();
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws Refused, IOException {
        MsconsRecords whole = open(Files.newInputStream(file), name, true);
        return days.areDealt() ? days.of(whole, done) : new Skipping(whole, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        try (MsconsRecords whole = open(new ByteArrayInputStream(bytes), "", false)) {
            return Days.again(days.areDealt() ? days.of(whole, 0) : whole, bytes, ordinal, locator);
        } catch (Refused refused) {
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refused.rejection());
        } catch (IOException impossible) {
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
        }
    }

    private MsconsRecords open(InputStream in, String name, boolean isWhole) throws Refused, IOException {
        return new MsconsRecords(new Segments(in, charset, isWhole), layout, charset, name);
    }
}
