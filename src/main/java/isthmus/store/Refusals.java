package isthmus.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Piece;
import isthmus.security.seal.Sealer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what was not understood into quarantine, one row a fingerprint, and closes what was understood since. */
final class Refusals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};
    /** In place of bytes that are not written again. */
    private static final Sealer.Whole THERE = new Sealer.Whole(null, NOTHING);

    private static final String NO_HASH = "00000000000000000000000000000000";

    /** As the index has it. */
    private static final String STANDS = "state in ('open', 'dropped')";

    private Refusals() {}

    /** @param forgotten of what stands in it no byte is kept */
    static void write(
            Connection connection,
            Sealer sealer,
            Forgotten forgotten,
            Chunk chunk,
            EntityPart part,
            long id,
            Instant now)
            throws SQLException {
        if (part.refused().isEmpty()) {
            return;
        }
        List<Shelf> shelves = part.refused().stream()
                .map(refused -> Shelf.of(chunk, part.entity, refused, forgotten))
                .toList();
        Map<String, Sealer.Whole> sealed = sealed(connection, sealer, shelves);
        OffsetDateTime seen = now.atOffset(ZoneOffset.UTC);
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into quarantine (fingerprint, run, chunk, system, pull, entity, locator, reason, field, hint,
                    bytes, key, origin, keyhash, rowhash, first_seen, last_seen, times)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::uuid, ?::uuid, ?, ?, 1)
                on conflict (fingerprint) do update set last_seen = excluded.last_seen, times = quarantine.times + 1,
                    run = excluded.run, chunk = excluded.chunk, hint = excluded.hint, field = excluded.field,
                    origin = excluded.origin, keyhash = excluded.keyhash, rowhash = excluded.rowhash,
                    state = case quarantine.state when 'dropped' then 'dropped' else 'open' end""")) {
            for (Shelf shelf : shelves) {
                EntityPart.Refused refused = shelf.refused();
                Sealer.Whole kept = sealed.getOrDefault(shelf.fingerprint(), THERE);
                int at = 1;
                upsert.setString(at++, shelf.fingerprint());
                upsert.setLong(at++, chunk.run());
                upsert.setLong(at++, id);
                upsert.setString(at++, chunk.system());
                upsert.setString(at++, chunk.pull());
                upsert.setString(at++, part.entity);
                upsert.setString(at++, shelf.locator());
                upsert.setString(at++, refused.why().reason().code());
                upsert.setString(at++, cleanOrNull(refused.why().field()));
                upsert.setString(at++, Transaction.clean(refused.why().hint()));
                upsert.setBytes(at++, kept.bytes());
                upsert.setObject(at++, kept.key(), Types.BIGINT);
                upsert.setString(at++, origin(chunk, refused.piece()));
                Fact fact = refused.fact();
                upsert.setString(at++, fact == null ? refused.why().keyHash() : fact.keyHash());
                upsert.setString(
                        at++,
                        shelf.isForgotten()
                                ? NO_HASH
                                : fact == null ? refused.why().rowHash() : fact.rowHash());
                upsert.setObject(at++, seen, Types.TIMESTAMP_WITH_TIMEZONE);
                upsert.setObject(at, seen, Types.TIMESTAMP_WITH_TIMEZONE);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /**
     * Where a refused piece is put.
     *
     * @param bytes none of a person who was erased
     */
    private record Shelf(
            EntityPart.Refused refused, String locator, String fingerprint, byte[] bytes, boolean isForgotten) {
        static Shelf of(Chunk chunk, String entity, EntityPart.Refused refused, Forgotten forgotten) {
            byte[] came = refused.piece().bytes().get();
            boolean isForgotten = forgotten.isIn(came);
            byte[] bytes = isForgotten ? NOTHING : came;
            String locator = Transaction.clean(refused.piece().locator());
            String reason = refused.why().reason().code();
            return new Shelf(
                    refused,
                    locator,
                    Refusals.fingerprint(chunk.system(), entity, locator, reason, bytes),
                    bytes,
                    isForgotten);
        }
    }

    /** By fingerprint what is new, sealed all at once; the bytes of the others lie on their shelves already. */
    private static Map<String, Sealer.Whole> sealed(Connection connection, Sealer sealer, List<Shelf> shelves)
            throws SQLException {
        Map<String, byte[]> fresh = new LinkedHashMap<>();
        shelves.forEach(shelf -> fresh.put(shelf.fingerprint(), shelf.bytes()));
        fresh.keySet().removeAll(there(connection, fresh.keySet()));
        List<Sealer.Whole> all = sealer.whole(connection, List.copyOf(fresh.values()));
        Map<String, Sealer.Whole> sealed = new HashMap<>();
        for (String fingerprint : fresh.keySet()) {
            sealed.put(fingerprint, all.get(sealed.size()));
        }
        return sealed;
    }

    /** Those that are there, and stay there under that fingerprint until this transaction ends. */
    private static Set<String> there(Connection connection, Set<String> fingerprints) throws SQLException {
        Set<String> there = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select fingerprint from quarantine where fingerprint = any(?) order by fingerprint for key share")) {
            select.setArray(1, Transaction.texts(connection, fingerprints));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    there.add(row.getString(1));
                }
            }
        }
        return there;
    }

    /**
     * A refusal that stands is superseded by a good version of the same key; a dropped one too, or it would explain for
     * good whatever becomes of that key.
     */
    static void supersede(Connection connection, Chunk chunk, EntityPart part) throws SQLException {
        Set<String> understood = part.understood();
        if (understood.isEmpty() || !anyStands(connection, chunk.system(), part.entity)) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("update quarantine set state = 'superseded'"
                + " where " + STANDS + " and system = ? and entity = ? and locator = any(?)")) {
            update.setString(1, chunk.system());
            update.setString(2, part.entity);
            update.setArray(3, Transaction.texts(connection, understood));
            update.executeUpdate();
        }
    }

    private static boolean anyStands(Connection connection, String system, String entity) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from quarantine where " + STANDS + " and system = ? and entity = ? limit 1")) {
            select.setString(1, system);
            select.setString(2, entity);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The same piece refused for the same reason again is the same row. */
    static String fingerprint(String system, String entity, String locator, String reason, byte[] bytes) {
        HexFormat hex = HexFormat.of();
        String text = String.join("\n", system, entity, locator, reason, hex.formatHex(BlockMerge.sha256(bytes)));
        return hex.formatHex(BlockMerge.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String origin(Chunk chunk, Piece piece) {
        ObjectNode origin = JSON.createObjectNode();
        origin.put("transport", chunk.origin().transport());
        origin.put("object", Transaction.clean(chunk.origin().object()));
        origin.put("hash", chunk.origin().hash());
        origin.put("member", cleanOrNull(chunk.origin().member()));
        origin.put("at", chunk.origin().at().toString());
        origin.put("ordinal", piece.ordinal());
        return origin.toString();
    }

    private static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : Transaction.clean(text);
    }
}
