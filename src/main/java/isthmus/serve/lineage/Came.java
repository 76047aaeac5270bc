package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How one version of a record came ashore.
 *
 * @param place where it lay: {@code file:line}, or its number among what the query or the message gave
 * @param trigger what began the run
 * @param transport {@code jdbc}, {@code sftp}, {@code soap}, … or what the hub did itself: {@code repair}, {@code replay}
 * @param object the query, the file, or the endpoint with its operation
 * @param at the business time of the whole: start of the extraction, the file's own time, the message's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Came(
        String place,
        String system,
        String pull,
        long run,
        @Nullable String trigger,
        @Nullable String state,
        String transport,
        String object,
        @Nullable String member,
        Instant at,
        long chunk,
        int ordinal,
        Raw raw) {

    /**
     * The bytes of the whole that it was cut from.
     *
     * @param kept whether the store has them
     * @param archivedAs where the file was put away at its source
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Raw(
            @Nullable String sha256,
            boolean kept,
            @Nullable Long size,
            @Nullable String encoding,
            @Nullable String archivedAs) {}

    /** To be read off {@code v}, which has a chunk and an ordinal, with {@link #JOINED}. */
    static final String COLUMNS = "v.chunk, v.ordinal, c.system, c.pull, c.run, c.transport, c.object, c.member, c.at,"
            + " r.trigger, r.state as run_state, coalesce(c.raw_sha256, substr(c.hash, 8)) as sha256, o.size, o.encoding,"
            + " a.archived_as";

    /** Every step goes by a primary key. */
    static final String JOINED = """
             left join chunk c on c.chunk = v.chunk
            left join run r on r.run = c.run
            left join raw_object o on o.sha256 = coalesce(c.raw_sha256, substr(c.hash, 8))
            left join arrival a on a.system = c.system and a.name = c.object and a.sha256 = substr(c.hash, 8)""";

    /** Null when the chunk's row is not kept any more. */
    static @Nullable Came of(ResultSet row) throws SQLException {
        String system = row.getString("system");
        if (system == null) {
            return null;
        }
        String transport = row.getString("transport");
        String object = row.getString("object");
        String member = row.getString("member");
        int ordinal = row.getInt("ordinal");
        String sha256 = row.getString("sha256");
        long size = row.getLong("size");
        boolean kept = !row.wasNull();
        return new Came(
                place(object, member, row.getString("archived_as") != null, ordinal),
                system,
                row.getString("pull"),
                row.getLong("run"),
                row.getString("trigger"),
                row.getString("run_state"),
                transport,
                object,
                member,
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("chunk"),
                ordinal,
                new Raw(
                        sha256,
                        kept,
                        kept ? size : null,
                        kept ? row.getString("encoding") : null,
                        row.getString("archived_as")));
    }

    private static String place(String object, @Nullable String member, boolean isFile, int ordinal) {
        if (isFile) {
            return (member == null ? object : object + "!" + member) + ":" + ordinal;
        }
        return object + " no. " + ordinal;
    }
}
