package isthmus.reconcile;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Both shores in memory: what an island shows row by row, and what the store holds. */
final class PretendShores implements LegacyShore, UnifiedShore {
    static final OffsetDateTime THEN = OffsetDateTime.of(2026, 11, 1, 12, 0, 0, 0, ZoneOffset.ofHours(8));
    private static final Layout LAYOUT = Layout.of("KEY", "VERSION", "TIME", "MONEY", "BODY");

    /** Rows by pull; a pull feeds the entity of the same name. */
    final Map<String, List<@Nullable String[]>> legacy = new LinkedHashMap<>();
    /** By entity and id. */
    final Map<String, Map<String, Held>> store = new LinkedHashMap<>();

    final List<Shelved> quarantine = new ArrayList<>();
    final List<String> dead = new ArrayList<>();
    /** Where what is read is sorted. */
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    /** What happens on an island before it is read for the n-th time, n from 1. */
    Consumer<Integer> beforeReading = n -> {};

    private int readings;

    static String id(String entity, String key) {
        return "urn:isthmus:yj:island:" + entity + ":" + key;
    }

    /** An island row with everything in order. */
    void row(String entity, String key, String money) {
        row(entity, key, "1", THEN, money, null);
    }

    void row(
            String entity,
            String key,
            String version,
            OffsetDateTime time,
            @Nullable String money,
            @Nullable String body) {
        add(entity, key, version, time.toString(), money, body);
    }

    private void add(String entity, @Nullable String... row) {
        legacy.computeIfAbsent(entity, name -> new ArrayList<>()).add(row);
    }

    /** An island row that no mapping understands. */
    void refused(String entity, String key) {
        add(entity, key, null, THEN.toString(), null, null);
    }

    void held(String entity, String key, String money) {
        held(entity, key, false, THEN, money, null);
    }

    void held(
            String entity,
            String key,
            boolean deleted,
            OffsetDateTime time,
            @Nullable String money,
            @Nullable String energy) {
        held(entity, key, deleted, time, money, energy, null);
    }

    /** A day of values, in thousandths. */
    void heldDay(String key, long... values) {
        Intervals intervals = new Intervals(-3, values);
        held("intervalblock", key, false, THEN, null, intervals.sum().toString(), intervals);
    }

    private void held(
            String entity,
            String key,
            boolean deleted,
            OffsetDateTime time,
            @Nullable String money,
            @Nullable String energy,
            @Nullable Intervals intervals) {
        store.computeIfAbsent(entity, name -> new LinkedHashMap<>())
                .put(
                        id(entity, key),
                        new Held(
                                id(entity, key),
                                deleted,
                                time.toInstant(),
                                hash(key),
                                "sha256:" + money,
                                money == null ? null : new BigDecimal(money),
                                energy == null ? null : new BigDecimal(energy),
                                intervals,
                                0));
    }

    void lose(String entity, String key) {
        store.getOrDefault(entity, Map.of()).remove(id(entity, key));
    }

    private static UUID hash(String key) {
        Key md5 = Key.of(key);
        return new UUID(md5.high(), md5.low());
    }

    Catalog catalog(String... systems) {
        List<LegacySystem> all = new ArrayList<>();
        for (String system : systems) {
            List<Pull> pulls = legacy.keySet().stream()
                    .map(entity -> new Pull(
                            entity,
                            List.of(entity),
                            List.of("KEY"),
                            new Pull.Cursor("TIME", Duration.ofMinutes(5)),
                            List.of(),
                            Map.of(),
                            Map.of()))
                    .toList();
            all.add(new LegacySystem(
                    system,
                    Path.of("routes", system),
                    "jdbc",
                    ZoneOffset.ofHours(8),
                    StandardCharsets.UTF_8,
                    Duration.ofSeconds(30),
                    Map.of(),
                    pulls,
                    List.of()));
        }
        return new Catalog("yj", all);
    }

    @Override
    public void everything(String system, String pull, Consumer<Chunk> chunks) {
        beforeReading.accept(++readings);
        if (dead.contains(system)) {
            throw new IllegalStateException(new java.net.ConnectException("Connection refused"));
        }
        List<Piece> pieces = new ArrayList<>();
        for (@Nullable String[] row : legacy.getOrDefault(pull, List.of())) {
            pieces.add(new Piece(row, List.of(), pieces.size() + 1L, "" + row[0], () -> new byte[0], null));
        }
        for (int from = 0; from < pieces.size(); from += 7) {
            List<Piece> some = pieces.subList(from, Math.min(from + 7, pieces.size()));
            Origin origin = new Origin("jdbc", pull, null, null, THEN);
            chunks.accept(new Chunk(system, pull, List.of(pull), 0, LAYOUT, some, origin, null, null));
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    /** Understands everything but rows without a version. */
    static Normalized normalize(Chunk chunk) {
        String entity = chunk.pull();
        List<Outcome> outcomes = new ArrayList<>();
        for (Piece piece : chunk.pieces()) {
            outcomes.add(outcome(entity, piece.values()));
        }
        return new Normalized(chunk, Map.of(entity, outcomes), Map.of(entity, entity + "@1"));
    }

    private static Outcome outcome(String entity, @Nullable String[] row) {
        String version = row[1];
        if (version == null) {
            return new Outcome.Rejected(Reason.FIELD_MISSING, "VERSION", "a version");
        }
        String id = id(entity, "" + row[0]);
        String body = row[4];
        OffsetDateTime time = OffsetDateTime.parse("" + row[2]);
        return new Outcome.Accepted(new Fact(
                id,
                entity,
                "deleted".equals(body) ? Op.DELETE : Op.UPSERT,
                version,
                time,
                id,
                (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8),
                "sha256:" + row[3],
                hash("" + row[0]).toString().replace("-", ""),
                hash("" + row[3]).toString().replace("-", ""),
                List.of(),
                List.of(),
                null,
                null,
                row[3] == null ? null : new BigDecimal(row[3]),
                null));
    }

    @Override
    public void records(String silo, String entity, Consumer<Held> each) {
        store.getOrDefault(entity, Map.of()).values().forEach(each);
    }

    @Override
    public void quarantined(String system, String entity, Consumer<Shelved> each) {
        quarantine.forEach(each);
    }
}
