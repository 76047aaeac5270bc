package isthmus.serve.records;

import isthmus.model.EventId;
import isthmus.model.Op;
import isthmus.model.Sequence;
import isthmus.security.seal.Opener;
import isthmus.serve.Sight;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record as the store has it, and as the service says it: {@code {"meta": {…}, "record": {…}}} with the record's own
 * canonical bytes.
 *
 * @param time when it became true at its source
 * @param superseded until when the hub believed it; null while it does
 * @param quality JSON array of flags, null for none
 * @param body the canonical bytes, what names a person in them sealed
 */
record StoredRecord(
        String entity,
        String id,
        String silo,
        String sequence,
        boolean deleted,
        String contentHash,
        Instant time,
        Instant recorded,
        @Nullable Instant superseded,
        String mapping,
        byte @Nullable [] quality,
        byte[] body) {
    static final String COLUMNS = "entity, id, silo, sequence, deleted, contenthash, time, recorded_from,"
            + " null::timestamptz as recorded_to, mapping, quality, body";

    static final String PAST_COLUMNS = "entity, id, split_part(id, ':', 4), sequence, deleted, contenthash,"
            + " time, recorded_from, recorded_to, mapping, quality, body";

    static StoredRecord of(ResultSet row) throws SQLException {
        Instant changed = instant(row, 7);
        return new StoredRecord(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6),
                // Older rows of the history have no time, and a version's own sequence is as near as can be known.
                changed == null ? Sequence.changed(row.getString(4)) : changed,
                Objects.requireNonNull(instant(row, 8)),
                instant(row, 9),
                row.getString(10),
                row.getBytes(11),
                row.getBytes(12));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /**
     * The id of the event that told this version; behind it what is said of the version without another event: its quality,
     * which a parent that comes later mends, and its end.
     */
    String tag(Sight sight) {
        String masked = sight.hides(entity) ? "-masked" : "";
        String event = EventId.of(id, deleted ? Op.DELETE : Op.UPSERT, sequence, contentHash);
        if (quality == null && superseded == null) {
            return "\"" + event + masked + "\"";
        }
        CRC32C more = new CRC32C();
        more.update(quality == null ? new byte[0] : quality);
        more.update(utf8(String.valueOf(superseded)));
        return "\"" + event + "-" + Long.toHexString(more.getValue()) + masked + "\"";
    }

    boolean isKnownAs(@Nullable String ifNoneMatch, Sight sight) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag(sight)));
    }

    byte[] json(Opener opener, @Nullable Fields fields, Sight sight) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 400);
        writeTo(out, opener, fields, sight);
        return out.toByteArray();
    }

    void writeTo(ByteArrayOutputStream out, Opener opener, @Nullable Fields fields, Sight sight) {
        StringBuilder meta = new StringBuilder(300);
        meta.append("{\"meta\":{\"entity\":\"").append(entity);
        member(meta, "silo", silo);
        member(meta, "sequence", sequence);
        member(meta, "contenthash", contentHash);
        member(meta, "time", time);
        member(meta, "recorded", recorded);
        member(meta, "superseded", superseded);
        member(meta, "mapping", mapping);
        meta.append('"');
        if (deleted) {
            meta.append(",\"deleted\":true");
        }
        out.writeBytes(utf8(meta.toString()));
        if (quality != null) {
            out.writeBytes(utf8(",\"quality\":"));
            out.writeBytes(quality);
        }
        out.writeBytes(utf8("},\"record\":"));
        byte[] told = sight.record(entity, opened(opener));
        out.writeBytes(fields == null ? told : fields.cut(told));
        out.write('}');
    }

    /** The record in clear. */
    byte[] opened(Opener opener) {
        return opener.open(entity, id, body);
    }

    private static void member(StringBuilder meta, String name, @Nullable Object value) {
        if (value != null) {
            meta.append("\",\"").append(name).append("\":\"").append(value);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
