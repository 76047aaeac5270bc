package isthmus.store;

import isthmus.model.Entities;
import isthmus.model.Urn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads and writes table {@code record} and its history, a chunk of one entity at a time. */
final class StoredRecords {
    private static final Set<String> PARTITIONS = Set.copyOf(Entities.ALL);
    private static final String COLUMNS = "(entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time,"
            + " partitionkey, money, energy, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, quality,"
            + " positions, time_offset, key, blind, body";

    private StoredRecords() {}

    /** The partition is named outright: no routing by row, and plans that see one index. */
    static String table(String entity) {
        return PARTITIONS.contains(entity) ? "record_" + entity : "record_default";
    }

    /**
     * A chunk touches few rows of a large table whose statistics may be hours old: every access goes by the primary key.
     * Until the end of the transaction.
     */
    static void planByKey(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local enable_seqscan = off; set local enable_hashjoin = off;"
                    + " set local enable_mergejoin = off; set local jit = off");
        }
    }

    static Map<String, Held> read(Connection connection, String entity, Collection<String> ids) throws SQLException {
        boolean blocks = BlockMerge.governs(entity);
        String more = blocks ? ", body, positions, time, partitionkey, valid_from, valid_to, quality" : "";
        Map<String, Held> held = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select id, sequence, deleted, contenthash, keyhash, rowhash, recorded_from,"
                        + " key, erased is not null" + more + " from " + table(entity)
                        + " where entity = ? and id = any(?)")) {
            select.setString(1, entity);
            select.setArray(2, Transaction.texts(connection, ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    boolean deleted = row.getBoolean(3);
                    held.put(
                            row.getString(1),
                            new Held(
                                    row.getString(2),
                                    deleted,
                                    row.getString(4),
                                    hex(row.getString(5)),
                                    hex(row.getString(6)),
                                    instant(row, 7),
                                    row.getObject(8, Long.class),
                                    row.getBoolean(9),
                                    blocks && !deleted ? block(row) : null));
                }
            }
        }
        return held;
    }

    /** Those of the records that another run than this one has told behind a position of the change log. */
    static Set<String> behind(Connection connection, String entity, Collection<String> ids, long position, long run)
            throws SQLException {
        Set<String> behind = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select r.id from " + table(entity) + " r join chunk c using (chunk) join chunk_log l using (chunk)"
                        + " where r.entity = ? and r.id = any(?) and l.position > ? and c.run <> ?")) {
            select.setString(1, entity);
            select.setArray(2, Transaction.texts(connection, ids));
            select.setLong(3, position);
            select.setLong(4, run);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    behind.add(row.getString(1));
                }
            }
        }
        return behind;
    }

    private static Held.BlockState block(ResultSet row) throws SQLException {
        return new Held.BlockState(
                row.getBytes(10),
                row.getString(11),
                row.getObject(12, OffsetDateTime.class),
                row.getString(13),
                row.getObject(14, LocalDate.class),
                row.getObject(15, LocalDate.class),
                QualityJson.read(row.getString(16)));
    }

    /**
     * Those of the subjects that were ever stored, tombstones included.
     *
     * @param erased gets those of them that are of persons who were erased
     */
    static Set<String> existing(Connection connection, Collection<String> urns, Set<String> erased)
            throws SQLException {
        Map<String, Set<String>> byEntity = new TreeMap<>();
        urns.forEach(urn -> byEntity.computeIfAbsent(Urn.entity(urn), entity -> new HashSet<>())
                .add(urn));
        Set<String> existing = new HashSet<>();
        for (var entry : byEntity.entrySet()) {
            try (PreparedStatement select = connection.prepareStatement("select id, erased is not null from "
                    + table(entry.getKey()) + " where entity = ? and id = any(?)")) {
                select.setString(1, entry.getKey());
                select.setArray(2, Transaction.texts(connection, entry.getValue()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        existing.add(row.getString(1));
                        if (row.getBoolean(2)) {
                            erased.add(row.getString(1));
                        }
                    }
                }
            }
        }
        return existing;
    }

    static void write(Connection connection, EntityPart part, long chunk) throws SQLException {
        List<Slot> fresh = slots(part, slot -> slot.stored == null && slot.newest() != null);
        List<Slot> replaced = slots(part, slot -> slot.stored != null && slot.newest() != null);
        List<Slot> touched = slots(part, Slot::touched);
        if (!fresh.isEmpty()) {
            try (CopyRows rows = new CopyRows(connection, table(part.entity) + COLUMNS + ")")) {
                for (Slot slot : fresh) {
                    put(rows, part, slot, chunk);
                    rows.end();
                }
                rows.finish();
            }
        }
        if (!replaced.isEmpty()) {
            replace(connection, part, replaced, chunk);
        }
        keepPassed(connection, part, chunk);
        if (!touched.isEmpty()) {
            touch(connection, part, touched);
        }
    }

    private static List<Slot> slots(EntityPart part, Predicate<Slot> which) {
        return part.slots().values().stream().filter(which).toList();
    }

    private static void put(CopyRows rows, EntityPart part, Slot slot, long chunk) {
        Row row = Objects.requireNonNull(slot.newest());
        Held as = Objects.requireNonNull(slot.standing());
        var fact = row.fact;
        rows.text(part.entity).text(fact.id()).text(Urn.silo(fact.id())).text(as.sequence());
        rows.flag(as.deleted()).text(as.contentHash()).uuid(as.keyHash()).uuid(as.rowHash());
        rows.time(fact.time()).text(fact.partitionKey()).number(fact.money()).number(fact.energy());
        rows.date(fact.validFrom()).date(fact.validTo()).time(row.recordedFrom).number(chunk);
        rows.number(Math.toIntExact(row.ordinal)).text(part.mapping).text(QualityJson.write(row.quality()));
        rows.text(as.positions())
                .number(fact.time().getOffset().getTotalSeconds())
                .number(row.key())
                .numbers(row.blind())
                .utf8(row.body());
    }

    private static void replace(Connection connection, EntityPart part, List<Slot> slots, long chunk)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create temp table if not exists incoming (like record, superseded_at timestamptz)"
                    + " on commit delete rows; truncate incoming");
        }
        try (CopyRows rows = new CopyRows(connection, "incoming" + COLUMNS + ", superseded_at)")) {
            for (Slot slot : slots) {
                put(rows, part, slot, chunk);
                rows.time(slot.supersededAt()).end();
            }
            rows.finish();
        }
        String record = table(part.entity);
        exactly(slots.size(), connection, part.entity, """
                insert into record_history (entity, id, sequence, deleted, contenthash, valid_from, valid_to,
                    recorded_from, recorded_to, time, chunk, ordinal, mapping, quality, body)
                select r.entity, r.id, r.sequence, r.deleted, r.contenthash, r.valid_from, r.valid_to,
                    r.recorded_from, i.superseded_at, r.time, r.chunk, r.ordinal, r.mapping, r.quality, r.body
                from incoming i join %s r on r.entity = ? and r.id = i.id""".formatted(record));
        exactly(slots.size(), connection, part.entity, """
                update %s r set sequence = i.sequence, deleted = i.deleted, contenthash = i.contenthash,
                    keyhash = i.keyhash, rowhash = i.rowhash, time = i.time, partitionkey = i.partitionkey,
                    money = i.money, energy = i.energy, valid_from = i.valid_from, valid_to = i.valid_to,
                    recorded_from = i.recorded_from, chunk = i.chunk, ordinal = i.ordinal, mapping = i.mapping,
                    quality = i.quality, positions = i.positions, time_offset = i.time_offset, key = i.key, blind = i.blind,
                    body = i.body
                from incoming i where r.entity = ? and r.id = i.id""".formatted(record));
    }

    private static void keepPassed(Connection connection, EntityPart part, long chunk) throws SQLException {
        List<Slot.Passed> passed = part.slots().values().stream()
                .flatMap(slot -> slot.passed().stream())
                .toList();
        if (passed.isEmpty()) {
            return;
        }
        try (CopyRows rows = new CopyRows(
                connection,
                "record_history (entity, id, sequence, deleted, contenthash, valid_from, valid_to, recorded_from,"
                        + " recorded_to, time, chunk, ordinal, mapping, quality, body)")) {
            for (Slot.Passed past : passed) {
                Row row = past.row();
                rows.text(part.entity).text(row.fact.id()).text(past.as().sequence());
                rows.flag(past.as().deleted()).text(row.fact.contentHash());
                rows.date(row.fact.validFrom()).date(row.fact.validTo());
                rows.time(row.recordedFrom).time(past.until()).time(row.fact.time());
                rows.number(chunk).number(Math.toIntExact(row.ordinal));
                rows.text(part.mapping)
                        .text(QualityJson.write(row.quality()))
                        .utf8(row.body())
                        .end();
            }
            rows.finish();
        }
    }

    private static void touch(Connection connection, EntityPart part, List<Slot> slots) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create temp table if not exists touched (id text collate \"C\", sequence text,"
                    + " keyhash uuid, rowhash uuid, positions text) on commit delete rows; truncate touched");
        }
        try (CopyRows rows = new CopyRows(connection, "touched (id, sequence, keyhash, rowhash, positions)")) {
            for (var entry : part.slots().entrySet()) {
                if (entry.getValue().touched()) {
                    Held as = Objects.requireNonNull(entry.getValue().standing());
                    rows.text(entry.getKey())
                            .text(as.sequence())
                            .uuid(as.keyHash())
                            .uuid(as.rowHash());
                    rows.text(as.positions()).end();
                }
            }
            rows.finish();
        }
        exactly(slots.size(), connection, part.entity, """
                update %s r set sequence = t.sequence, keyhash = t.keyhash, rowhash = t.rowhash,
                    positions = t.positions
                from touched t where r.entity = ? and r.id = t.id""".formatted(table(part.entity)));
    }

    private static void exactly(int rows, Connection connection, String entity, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, entity);
            int hit = statement.executeUpdate();
            if (hit != rows) {
                throw new IllegalStateException("a statement meant for " + rows + " records hit " + hit);
            }
        }
    }

    private static String hex(String uuid) {
        return uuid.replace("-", "");
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
