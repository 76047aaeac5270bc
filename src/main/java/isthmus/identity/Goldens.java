package isthmus.identity;

import isthmus.identity.GoldenRecord.Known;
import isthmus.identity.Survivorship.Source;
import isthmus.model.Canon;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Sequence;
import isthmus.model.Urn;
import isthmus.security.Fingerprints;
import isthmus.security.Masked;
import isthmus.security.seal.Seals;
import isthmus.store.ChunkStore;
import isthmus.store.Runs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Builds the unified customers that consist of something else than they were last built of, and writes them like records of
 * any other system: the same inputs give the same record, and a record that has not changed is not told.
 */
public final class Goldens {
    static final String SYSTEM = "hub";

    private static final int BATCH = 500;

    private final JdbcClient sql;
    private final ChunkStore chunks;
    private final Seals seals;
    private final Runs runs;
    private final Survivorship survivorship;
    private final Fingerprints fingerprints;
    private final Clock clock;

    public Goldens(
            DataSource store,
            ChunkStore chunks,
            Runs runs,
            IdentityRules rules,
            Fingerprints fingerprints,
            Clock clock,
            Seals seals) {
        this.seals = seals;
        this.survivorship = rules.survivorship();
        this.sql = JdbcClient.create(store);
        this.chunks = chunks;
        this.runs = runs;
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /**
     * One that is to be built.
     *
     * @param inputs of what; null when nobody belongs to it any more
     */
    private record Due(
            String id, OffsetDateTime builtAt, @Nullable String inputs) {}

    /** The records of a batch, by unified customer. */
    private record Batch(
            Map<String, List<Source>> sources,
            Map<String, Set<String>> accounts,
            Map<String, Set<String>> points,
            Map<String, Set<String>> aliases,
            Map<String, List<Source>> said,
            List<GoldenLinks.Edge> links) {}

    /**
     * Builds all that are due, and says how many records have changed.
     *
     * @param night the number of the night; 0 between nights
     * @param occasion why the run is, {@code night} for example
     */
    public long build(long night, String occasion) {
        List<Due> due = due();
        if (due.isEmpty()) {
            return 0;
        }
        long run = runs.begin(SYSTEM, occasion);
        long applied = 0;
        for (; !due.isEmpty(); due = due()) {
            applied += commit(run, night, due);
        }
        runs.end(run);
        return applied;
    }

    private List<Due> due() {
        return sql.sql(
                        "select id, built_at, inputs::text from golden where inputs is distinct from built order by id limit "
                                + BATCH)
                .query((row, n) -> new Due(row.getString(1), row.getObject(2, OffsetDateTime.class), row.getString(3)))
                .list();
    }

    private long commit(long run, long night, List<Due> due) {
        OffsetDateTime now = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
        Batch batch = read(due.stream().map(Due::id).toList());
        List<Piece> pieces = new ArrayList<>(due.size());
        List<Outcome> outcomes = new ArrayList<>(due.size());
        for (Due one : due) {
            Fact fact = one.inputs() == null ? ended(one, now, night) : fact(one, batch, now, night);
            pieces.add(new Piece(new String[0], List.of(), pieces.size() + 1L, fact.id(), fact::body, null));
            outcomes.add(new Outcome.Accepted(fact));
        }
        Origin origin = new Origin("links", "survivorship " + survivorship.version(), null, null, now);
        List<String> entities = List.of(Grouping.ENTITY);
        Chunk chunk = new Chunk(SYSTEM, Grouping.ENTITY, entities, run, null, pieces, origin, null, null);
        String mapping = Grouping.ENTITY + "@" + survivorship.version();
        long applied = chunks
                .commit(new Normalized(chunk, Map.of(Grouping.ENTITY, outcomes), Map.of(Grouping.ENTITY, mapping)))
                .values()
                .stream()
                .mapToLong(tally -> tally.applied())
                .sum();
        // Only what was read is built: whoever moved meanwhile stays due.
        sql.sql(
                        "update golden g set built = d.inputs from unnest(?::text[], ?::uuid[]) as d (id, inputs) where g.id = d.id")
                .params(
                        due.stream().map(Due::id).toArray(String[]::new),
                        due.stream().map(Due::inputs).toArray(String[]::new))
                .update();
        return applied;
    }

    private Batch read(List<String> ids) {
        Batch batch = new Batch(
                new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
        String[] all = ids.toArray(String[]::new);
        each(
                "golden-sources",
                all,
                row -> batch.sources()
                        .computeIfAbsent(row.getString("golden"), fresh -> new ArrayList<>())
                        .add(source(row)));
        each("golden-accounts", all, row -> {
            add(batch.accounts(), row.getString("golden"), row.getString("account"));
            String point = row.getString("point");
            if (point != null) {
                add(batch.points(), row.getString("golden"), point);
            }
        });
        each("golden-aliases", all, row -> add(batch.aliases(), row.getString("golden"), row.getString("alias")));
        each("golden-said", all, row -> {
            if (survivorship.asksPersons(row.getString("path"))) {
                batch.said()
                        .computeIfAbsent(row.getString("golden"), fresh -> new ArrayList<>())
                        .add(said(row));
            }
        });
        Set<String> linked = new HashSet<>();
        batch.sources().values().forEach(of -> of.forEach(one -> linked.add(one.id())));
        batch.accounts().values().forEach(linked::addAll);
        batch.links().addAll(GoldenLinks.among(sql, linked));
        return batch;
    }

    private void each(String statement, String[] ids, RowCallbackHandler row) {
        sql.sql(Statements.text(statement)).param(ids).query(row);
    }

    private Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getString("id"),
                row.getString("silo"),
                row.getString("sequence"),
                row.getObject("time", OffsetDateTime.class),
                Subjects.tree(seals.opener().open("customer", row.getString("id"), row.getString("body"))));
    }

    /** A value that a person has set, as a record that says nothing else. */
    private Source said(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
        String[] path = row.getString("path").split("/", -1);
        String value = seals.opener()
                .text(Corrections.place(row.getString("member"), row.getString("path")), row.getString("value"));
        Object said = switch (path[1]) {
            case "name" -> Map.of("display", value, "normalized", value.replace(" ", ""));
            case "contacts" ->
                List.of(Map.of(
                        "type",
                        path[2],
                        "value",
                        value,
                        "masked",
                        Masked.number(value),
                        "preferred",
                        true,
                        "verifiedAt",
                        GoldenLinks.text(at)));
            default -> value;
        };
        return new Source(
                row.getString("member"),
                Source.PERSON,
                String.valueOf(row.getLong("id")),
                at,
                Subjects.tree(new String(Canon.bytes(Map.of(path[1], said)), StandardCharsets.UTF_8)));
    }

    private static void add(Map<String, Set<String>> sets, String key, String value) {
        sets.computeIfAbsent(key, fresh -> new HashSet<>()).add(value);
    }

    private Fact fact(Due due, Batch batch, OffsetDateTime now, long night) {
        List<Source> sources = batch.sources().getOrDefault(due.id(), List.of());
        Set<String> accounts = batch.accounts().getOrDefault(due.id(), Set.of());
        if (sources.isEmpty()) {
            return ended(due, now, night);
        }
        Set<String> members = new HashSet<>(accounts);
        sources.forEach(one -> members.add(one.id()));
        List<Map<String, Object>> links = batch.links().stream()
                .filter(link -> members.contains(link.left()) && members.contains(link.right()))
                .map(GoldenLinks.Edge::published)
                .toList();
        List<Source> all = new ArrayList<>(sources);
        all.addAll(batch.said().getOrDefault(due.id(), List.of()));
        Known known = new Known(
                due.id(),
                due.builtAt(),
                all,
                links,
                accounts,
                batch.points().getOrDefault(due.id(), Set.of()),
                batch.aliases().getOrDefault(due.id(), Set.of()));
        byte[] body = Canon.bytes(new GoldenRecord(survivorship, fingerprints::identifier).compose(known));
        return fact(due.id(), Op.UPSERT, body, fingerprints.contentHash(body), now, night);
    }

    private static Fact ended(Due due, OffsetDateTime now, long night) {
        byte[] body = Canon.bytes(Map.of("id", due.id(), "deletedAt", GoldenLinks.text(now)));
        return fact(due.id(), Op.DELETE, body, "sha256:" + digest("SHA-256", body), now, night);
    }

    private static Fact fact(String id, Op op, byte[] body, String hash, OffsetDateTime now, long night) {
        return new Fact(
                id,
                Grouping.ENTITY,
                op,
                Sequence.of(now.toInstant().toEpochMilli(), night),
                now,
                id,
                body,
                hash,
                digest("MD5", Urn.key(id).getBytes(StandardCharsets.UTF_8)),
                digest("MD5", body),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has " + algorithm, absent);
        }
    }
}
