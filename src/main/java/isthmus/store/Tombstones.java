package isthmus.store;

import isthmus.model.Canon;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Sequence;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Says of stored records that their source no longer has them (model.md 3.2, 3.3); any later change brings them back. */
public final class Tombstones {
    private static final int CHUNK = 5_000;

    private final DataSource source;
    private final ChunkStore chunks;

    public Tombstones(DataSource source, ChunkStore chunks) {
        this.source = source;
        this.chunks = chunks;
    }

    /** Ask for it before the source is looked at: what the store learns later is no longer judged by that look. */
    public long asOf() {
        return new ChangeLog(source).head();
    }

    /**
     * Tells the deletes as an ordinary chunk of the run; a record that changed meanwhile is left as it is, however long
     * the hub has slept between its look and this.
     *
     * @param ids of one system and entity
     * @param asOf as {@link #asOf()} answered before the look
     * @param at when the source was seen without them
     */
    public Tally bury(
            long run, String system, String pull, String entity, List<String> ids, long asOf, OffsetDateTime at) {
        Tally sum = Tally.NONE;
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> some = ids.subList(from, Math.min(from + CHUNK, ids.size()));
            List<Fact> facts = Transaction.run(
                    source, "read what is gone", connection -> read(connection, entity, some, asOf, run, at));
            sum = sum.plus(commit(run, system, pull, entity, facts, at));
        }
        return sum;
    }

    private Tally commit(long run, String system, String pull, String entity, List<Fact> facts, OffsetDateTime at) {
        List<Piece> pieces = new ArrayList<>(facts.size());
        List<Outcome> outcomes = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            pieces.add(new Piece(new String[0], List.of(), pieces.size() + 1L, fact.id(), fact::body, null));
            outcomes.add(new Outcome.Accepted(fact));
        }
        Origin origin = new Origin("keys", "key set of " + pull, null, null, at);
        Chunk chunk = new Chunk(system, pull, List.of(entity), run, null, pieces, origin, null, null);
        return chunks.commit(new Normalized(chunk, Map.of(entity, outcomes), Map.of(entity, "keys@1")))
                .getOrDefault(entity, Tally.NONE);
    }

    private static List<Fact> read(
            Connection connection, String entity, List<String> ids, long asOf, long run, OffsetDateTime at)
            throws SQLException {
        List<Fact> facts = new ArrayList<>(ids.size());
        try (PreparedStatement select = connection.prepareStatement(
                "select id, sequence, partitionkey, replace(keyhash::text, '-', ''), replace(rowhash::text, '-', '') from "
                        + StoredRecords.table(entity)
                        + " r where entity = ? and id = any(?) and not deleted and not exists (select from chunk_log l"
                        + " where l.chunk = r.chunk and l.position > ?) order by id")) {
            select.setString(1, entity);
            select.setArray(2, Transaction.texts(connection, ids));
            select.setLong(3, asOf);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    facts.add(tombstone(entity, row, run, at));
                }
            }
        }
        return facts;
    }

    private static Fact tombstone(String entity, ResultSet row, long run, OffsetDateTime at) throws SQLException {
        String id = row.getString(1);
        String deletedAt = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS));
        byte[] body = Canon.bytes(Map.of("id", id, "deletedAt", deletedAt));
        return new Fact(
                id,
                entity,
                Op.DELETE,
                Sequence.deleted(BlockMerge.highest(row.getString(2)), run),
                at,
                row.getString(3),
                body,
                "sha256:" + HexFormat.of().formatHex(sha256(body)),
                row.getString(4),
                row.getString(5),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
