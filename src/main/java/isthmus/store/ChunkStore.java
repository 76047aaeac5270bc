package isthmus.store;

import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Position;
import isthmus.security.Rights;
import isthmus.security.seal.Sealer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chunk in one transaction: facts by the apply rule, history, refusals, findings, the change log, the cursor and
 * the run's counts. Committing the same chunk again changes nothing and tells nothing.
 */
public final class ChunkStore {
    /** Asked first in every chunk's transaction; throws when the run may not write any more. */
    interface Guard {
        Guard NONE = (connection, run) -> {};

        void check(Connection connection, long run) throws SQLException;
    }

    private final DataSource source;
    private final Clock clock;
    private final Sealer sealer;
    private final Counts counts;
    private final Guard guard;

    /** @param sealer asked once for every applied version, after its content hash was compared */
    public ChunkStore(DataSource source, Clock clock, Sealer sealer) {
        this(source, clock, sealer, Counts.NOWHERE, Guard.NONE);
    }

    ChunkStore(DataSource source, Clock clock, Sealer sealer, Counts counts, Guard guard) {
        this.source = source;
        this.clock = clock;
        this.sealer = sealer;
        this.counts = counts;
        this.guard = guard;
    }

    /** What became of the chunk's pieces, by entity; a failure leaves everything as it was. */
    public Map<String, Tally> commit(Normalized normalized) {
        return told(normalized, Transaction.run(source, "store a chunk", at -> write(at, normalized)));
    }

    /**
     * As {@link #commit}, but what the source shows now wins over what is held, however old it says it is.
     *
     * @param asOf the head of the change log before the source was read: what the store has learned since is not judged by
     *     that reading, and wins by its version alone
     */
    public Map<String, Tally> repair(Normalized normalized, long asOf) {
        return told(
                normalized, Transaction.run(source, "repair", at -> write(at, Repairs.raised(at, normalized, asOf))));
    }

    private Map<String, Tally> told(Normalized normalized, List<EntityPart> parts) {
        counts.add(normalized.chunk().system(), parts);
        Map<String, Tally> tallies = new LinkedHashMap<>();
        parts.forEach(part -> tallies.put(part.entity, part.tally()));
        return tallies;
    }

    private List<EntityPart> write(Connection connection, Normalized normalized) throws SQLException {
        Chunk chunk = normalized.chunk();
        guard.check(connection, chunk.run());
        List<EntityPart> parts = new ArrayList<>();
        new TreeMap<>(normalized.outcomes())
                .forEach((entity, outcomes) -> parts.add(new EntityPart(
                        entity, normalized.mappings().getOrDefault(entity, entity + "@0"), chunk, outcomes)));
        Transaction.single(
                connection,
                chunk.system(),
                parts.stream().map(part -> part.entity).toList());
        StoredRecords.planByKey(connection);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (EntityPart part : parts) {
            part.judge(new Judgement(StoredRecords.read(connection, part.entity, part.ids()), now));
        }
        if (!parts.isEmpty() && chunk.read() > 0) {
            record(connection, chunk, parts, now);
        } else {
            move(connection, chunk, now);
        }
        return parts;
    }

    private void record(Connection connection, Chunk chunk, List<EntityPart> parts, Instant now) throws SQLException {
        References references = References.check(connection, parts);
        seal(connection, parts);
        Forgotten forgotten = Forgotten.of(connection, chunk.system());
        String sha256 = isWorthKeeping(parts) ? kept(connection, chunk.raw(), forgotten, now) : null;
        long id = Ledger.chunk(connection, chunk, sha256, now);
        for (EntityPart part : parts) {
            StoredRecords.write(connection, part, id);
            references.write(connection, part, now);
            Refusals.write(connection, sealer, forgotten, chunk, part, id, now);
            Refusals.supersede(connection, chunk, part);
            Ledger.conflicts(connection, part, now);
            Ledger.erased(connection, part, now);
        }
        Ledger.count(connection, chunk, parts);
        move(connection, chunk, now);
        if (parts.stream().anyMatch(part -> !part.applied().isEmpty())) {
            Changes.publish(connection, id, Changes.write(connection, parts, id));
        }
    }

    private static boolean isWorthKeeping(List<EntityPart> parts) {
        return parts.stream()
                .anyMatch(part -> !part.applied().isEmpty() || !part.refused().isEmpty());
    }

    private @Nullable String kept(Connection connection, byte @Nullable [] raw, Forgotten forgotten, Instant now)
            throws SQLException {
        return raw == null || forgotten.isIn(raw) ? null : RawObjects.keep(connection, sealer, raw, now);
    }

    /** All at once: the keys of a chunk are asked for together. */
    private void seal(Connection connection, List<EntityPart> parts) throws SQLException {
        List<Row> rows = parts.stream()
                .filter(part -> Rights.PERSONAL.contains(part.entity))
                .flatMap(part -> part.applied().stream())
                .toList();
        List<Sealer.Sealed> sealed =
                sealer.seal(connection, rows.stream().map(Row::clear).toList());
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).take(sealed.get(i));
        }
    }

    private static void move(Connection connection, Chunk chunk, Instant now) throws SQLException {
        Position after = chunk.after();
        if (after != null) {
            Ledger.move(connection, after, chunk.run(), now);
        }
    }
}
