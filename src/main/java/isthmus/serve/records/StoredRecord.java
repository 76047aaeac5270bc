package isthmus.serve.records;

import isthmus.model.EventId;
import isthmus.model.Op;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A record as the store has it, and as the service says it: {@code {"meta": {…}, "record": {…}}} with the record's own
 * canonical bytes.
 *
 * @param quality JSON array of flags, null for none
 * @param body the canonical bytes
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
        String mapping,
        byte @Nullable [] quality,
        byte[] body) {
    static final String COLUMNS =
            "entity, id, silo, sequence, deleted, contenthash, time, recorded_from, mapping, quality, body";

    static StoredRecord of(ResultSet row) throws SQLException {
        return new StoredRecord(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9),
                row.getBytes(10),
                row.getBytes(11));
    }

    /** The id of the event that told this version, so that the feed and the service name a state alike. */
    String tag() {
        return "\"" + EventId.of(id, deleted ? Op.DELETE : Op.UPSERT, sequence, contentHash) + "\"";
    }

    boolean isKnownAs(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag()));
    }

    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 400);
        out.writeBytes(utf8("{\"meta\":{\"entity\":\"" + entity + "\",\"silo\":\"" + silo + "\",\"sequence\":\""
                + sequence
                + "\",\"contenthash\":\"" + contentHash + "\",\"time\":\"" + time + "\",\"recorded\":\"" + recorded
                + "\",\"mapping\":\"" + mapping + "\""));
        if (quality != null) {
            out.writeBytes(utf8(",\"quality\":"));
            out.writeBytes(quality);
        }
        out.writeBytes(utf8("},\"record\":"));
        out.writeBytes(body);
        out.write('}');
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
