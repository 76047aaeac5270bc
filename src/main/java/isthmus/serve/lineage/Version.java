package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import isthmus.model.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record, and how it came ashore.
 *
 * @param time when it became true at its source
 * @param recorded since when the hub believed it
 * @param superseded until when; null for the one that it believes now
 * @param mapping {@code silo-entity@version}, by which it was said
 * @param quality JSON array of flags
 * @param came null when the ledger does not reach back so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Version(
        String sequence,
        boolean deleted,
        String contenthash,
        Instant time,
        Instant recorded,
        @Nullable Instant superseded,
        String mapping,
        @JsonRawValue @Nullable String quality,
        @Nullable Came came,
        @JsonIgnore byte[] body) {

    /** All versions of one record, with what {@link Came#of} wants; its id is to be bound twice. */
    static String all(String entity) {
        return """
                select v.*, %s from (
                    select sequence, deleted, contenthash, time, recorded_from, null::timestamptz as recorded_to, chunk, ordinal,
                           mapping, quality::text as quality, body::text as body
                    from record_%s where id = ?
                    union all
                    select sequence, deleted, contenthash, time, recorded_from, recorded_to, chunk, ordinal,
                           mapping, quality::text, body::text
                    from record_history where entity = '%s' and id = ?) v %s
                order by v.recorded_to desc nulls first, v.recorded_from desc, v.sequence desc limit ?""".formatted(Came.COLUMNS, entity, entity, Came.JOINED);
    }

    static Version of(ResultSet row) throws SQLException {
        OffsetDateTime changed = row.getObject("time", OffsetDateTime.class);
        OffsetDateTime until = row.getObject("recorded_to", OffsetDateTime.class);
        String sequence = row.getString("sequence");
        return new Version(
                sequence,
                row.getBoolean("deleted"),
                row.getString("contenthash"),
                // Older rows of the history have no time, and a version's own sequence is as near as can be known.
                changed == null ? Sequence.changed(sequence) : changed.toInstant(),
                row.getObject("recorded_from", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant(),
                row.getString("mapping"),
                row.getString("quality"),
                Came.of(row),
                row.getBytes("body"));
    }
}
