package isthmus.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Chunk;
import isthmus.model.Origin;
import isthmus.model.Position;
import isthmus.model.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is known of a chunk as a whole: where it came from, what became of it, how far its pull has come. */
final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Ledger() {}

    static long chunk(Connection connection, Chunk chunk, @Nullable String raw, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into chunk (run, system, pull, transport, object, hash, member, at, pieces, raw_sha256, recorded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning chunk""")) {
            Origin origin = chunk.origin();
            insert.setLong(1, chunk.run());
            insert.setString(2, chunk.system());
            insert.setString(3, chunk.pull());
            insert.setString(4, origin.transport());
            insert.setString(5, Transaction.clean(origin.object()));
            insert.setString(6, origin.hash());
            String member = origin.member();
            insert.setString(7, member == null ? null : Transaction.clean(member));
            insert.setObject(8, origin.at());
            insert.setInt(9, chunk.read());
            insert.setString(10, raw);
            insert.setObject(11, utc(now));
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static void count(Connection connection, Chunk chunk, List<EntityPart> parts) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into run_count (run, system, entity, read, applied, unchanged, stale, quarantined)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run, system, entity) do update set read = run_count.read + excluded.read,
                    applied = run_count.applied + excluded.applied,
                    unchanged = run_count.unchanged + excluded.unchanged,
                    stale = run_count.stale + excluded.stale,
                    quarantined = run_count.quarantined + excluded.quarantined""")) {
            for (EntityPart part : parts) {
                Tally tally = part.tally();
                upsert.setLong(1, chunk.run());
                upsert.setString(2, chunk.system());
                upsert.setString(3, part.entity);
                upsert.setLong(4, tally.read());
                upsert.setLong(5, tally.applied());
                upsert.setLong(6, tally.unchanged());
                upsert.setLong(7, tally.stale());
                upsert.setLong(8, tally.quarantined());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    static void conflicts(Connection connection, EntityPart part, Instant now) throws SQLException {
        if (part.conflicts().isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into finding (key, code, severity, subject, first_seen, last_seen, detail)
                values (?, 'SEQ-CONFLICT', 'error', ?, ?, ?, ?::json)
                on conflict (key) do update set last_seen = excluded.last_seen, detail = excluded.detail""")) {
            for (Judgement.Conflict conflict : part.conflicts()) {
                upsert.setString(1, "SEQ-CONFLICT " + conflict.id() + " " + conflict.sequence());
                upsert.setString(2, conflict.id());
                upsert.setObject(3, utc(now));
                upsert.setObject(4, utc(now));
                upsert.setString(
                        5,
                        JSON.createObjectNode()
                                .put("sequence", conflict.sequence())
                                .put("kept", conflict.kept())
                                .put("lost", conflict.lost())
                                .toString());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** Says that a source still shows persons who were erased; of them nothing is kept. */
    static void erased(Connection connection, EntityPart part, Instant now) throws SQLException {
        if (part.erased().isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into finding (key, code, severity, subject, first_seen, last_seen, detail)
                select ? || ' ' || id, ?, 'warn', id, ?, ?, '{}' from unnest(?::text[]) as shown (id)
                on conflict (key) do update set last_seen = excluded.last_seen""")) {
            upsert.setString(1, Reason.PERSON_ERASED.code());
            upsert.setString(2, Reason.PERSON_ERASED.code());
            upsert.setObject(3, utc(now));
            upsert.setObject(4, utc(now));
            upsert.setArray(5, Transaction.texts(connection, part.erased()));
            upsert.executeUpdate();
        }
    }

    /** Moves the pull on: inside a file its lines, beside the live route the backfill's cursor, else its own. */
    static void move(Connection connection, Position position, long run, Instant now) throws SQLException {
        JsonNode value = parse(position.value());
        if (value.hasNonNull("sha256") && value.hasNonNull("line")) {
            moveInFile(connection, position, value, now);
        } else if (value.hasNonNull("backfill")) {
            Backfills.move(connection, value, run, now);
        } else {
            moveCursor(connection, position, run, now);
        }
    }

    private static void moveInFile(Connection connection, Position position, JsonNode value, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update arrival set updated = ?,"
                + " lines_done = greatest(lines_done, ?) where system = ? and name = ? and sha256 = ?")) {
            update.setObject(1, utc(now));
            update.setLong(2, value.get("line").longValue());
            update.setString(3, position.system());
            update.setString(4, value.path("file").asText());
            update.setString(5, value.get("sha256").asText());
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("a position in a file that was never claimed: " + position.pull());
            }
        }
    }

    private static void moveCursor(Connection connection, Position position, long run, Instant now)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into cursor (system, pull, value, updated, run) values (?, ?, ?::json, ?, ?)
                on conflict (system, pull) do update set value = excluded.value, updated = excluded.updated,
                    run = excluded.run""")) {
            upsert.setString(1, position.system());
            upsert.setString(2, position.pull());
            upsert.setString(3, position.value());
            upsert.setObject(4, utc(now));
            upsert.setLong(5, run);
            upsert.executeUpdate();
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("a position must be JSON", broken);
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
