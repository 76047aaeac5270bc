package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.normalize.Differences;
import isthmus.normalize.Differences.Difference;
import isthmus.normalize.Masks;
import isthmus.normalize.Normalizer;
import isthmus.normalize.Suspicions;
import isthmus.store.Published;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what one pull's live pieces would become, and how that differs from what is published. */
final class DryRun {
    private static final int SHOWN = 5;

    private final LegacySystem system;
    private final Pull pull;
    private final Normalizer normalizer;
    private final @Nullable Published published;
    private final Set<String> entities;
    private final Set<String> keys;
    private final long rows;
    private final boolean clear;
    private final Suspicions suspicions = new Suspicions();
    private final Map<String, Entity> byEntity = new LinkedHashMap<>();
    private final Set<String> found = new HashSet<>();
    private long read;

    /**
     * @param entities to which of the pull's mappings the pieces are offered
     * @param keys native keys, joined with /, to look for; empty for the first rows
     * @param clear true to show what is classified
     */
    DryRun(
            LegacySystem system,
            Pull pull,
            Normalizer normalizer,
            @Nullable Published published,
            Set<String> entities,
            Set<String> keys,
            long rows,
            boolean clear) {
        this.system = system;
        this.pull = pull;
        this.normalizer = normalizer;
        this.published = published;
        this.entities = entities;
        this.keys = keys;
        this.rows = rows;
        this.clear = clear;
    }

    /** What was found of one entity. */
    static final class Entity {
        public long accepted;
        public long fresh;
        public long changed;
        public long unchanged;
        public long stale;
        public long deleted;
        public final Map<String, Refused> rejected = new TreeMap<>();
        public final Map<String, List<Difference>> changes = new LinkedHashMap<>();
        public final List<JsonNode> records = new ArrayList<>();
        public final Map<String, Long> flags = new TreeMap<>();
    }

    /** Pieces refused for one reason in one field. */
    record Refused(long count, String field, String hint, String where) {}

    /** All that was found, for an answer. */
    record Report(
            String system,
            String pull,
            long read,
            boolean compared,
            Map<String, Entity> entities,
            Map<String, Long> unmappedCodes,
            Map<String, Long> suspectedMojibake,
            Set<String> missingKeys) {}

    /** Takes in a chunk and answers whether more is wanted. */
    boolean take(Chunk chunk) {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : chunk.pieces()) {
            if (read + pieces.size() < rows && isWanted(chunk, piece)) {
                pieces.add(piece);
            }
        }
        read += pieces.size();
        List<String> offered =
                pull.entities().stream().filter(entities::contains).toList();
        Chunk few =
                new Chunk(chunk.system(), chunk.pull(), offered, 0, chunk.layout(), pieces, chunk.origin(), null, null);
        suspicions.look(few);
        system.mappings().stream()
                .filter(mapping ->
                        offered.contains(mapping.entity()) && mapping.pull().equals(pull.name()))
                .forEach(mapping -> suspicions.look(few, mapping));
        normalizer.normalize(few).outcomes().forEach((entity, outcomes) -> note(entity, pieces, outcomes));
        return read < rows && (keys.isEmpty() || found.size() < keys.size());
    }

    private boolean isWanted(Chunk chunk, Piece piece) {
        if (keys.isEmpty()) {
            return true;
        }
        List<String> parts = new ArrayList<>();
        for (String column : pull.key()) {
            int at = chunk.layout() == null ? -1 : chunk.layout().indexOf(column);
            parts.add(
                    at < 0 || piece.refusal() != null
                            ? ""
                            : String.valueOf(piece.values()[at]).strip());
        }
        String key = String.join("/", parts);
        return keys.contains(key) && (found.add(key) || true);
    }

    private void note(String entity, List<Piece> pieces, List<Outcome> outcomes) {
        Entity seen = byEntity.computeIfAbsent(entity, name -> new Entity());
        MappingSpec mapping = system.mappings().stream()
                .filter(candidate ->
                        candidate.entity().equals(entity) && candidate.pull().equals(pull.name()))
                .findFirst()
                .orElseThrow();
        Masks masks = Masks.of(mapping, pull);
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            String where = pieces.get(i).locator();
            outcomes.get(i).fold(accepted -> facts.add(accepted.fact()), no -> refuse(seen, no, where));
        }
        Map<String, Published.Version> before = versions(entity, facts);
        for (Fact fact : facts) {
            compare(seen, fact, before.get(fact.id()), masks);
        }
    }

    private static boolean refuse(Entity seen, Outcome.Rejected no, String where) {
        String key = no.reason().code() + (no.field() == null ? "" : " " + no.field());
        Refused one = new Refused(1, no.field() == null ? "" : no.field(), no.hint(), where);
        seen.rejected.merge(
                key, one, (all, next) -> new Refused(all.count() + 1, all.field(), all.hint(), all.where()));
        return true;
    }

    private Map<String, Published.Version> versions(String entity, List<Fact> facts) {
        if (published == null || facts.isEmpty()) {
            return Map.of();
        }
        try {
            return published.versions(entity, facts.stream().map(Fact::id).toList());
        } catch (SQLException fault) {
            throw new Refusal(Exit.CANNOT_REACH, "The store cannot be read: " + Causes.describe(fault));
        }
    }

    private void compare(Entity seen, Fact fact, Published.@Nullable Version now, Masks masks) {
        seen.accepted++;
        fact.quality().forEach(flag -> seen.flags.merge(flag.code().code() + " " + flag.path(), 1L, Long::sum));
        JsonNode record = JsonText.of(new String(fact.body(), StandardCharsets.UTF_8));
        if (seen.records.size() < SHOWN) {
            seen.records.add(clear ? record : masks.mask(record));
        }
        if (published == null) {
            return;
        }
        if (now == null) {
            seen.fresh++;
        } else if (now.contentHash().equals(fact.contentHash())) {
            seen.unchanged++;
        } else if (now.sequence().compareTo(fact.sequence()) > 0) {
            seen.stale++;
        } else if (fact.op() == Op.DELETE) {
            seen.deleted++;
        } else {
            seen.changed++;
            List<Difference> differences = Differences.between(JsonText.of(now.body()), record);
            seen.changes.put(fact.id(), clear ? differences : masks.mask(differences));
        }
    }

    Report report() {
        Set<String> missing = new HashSet<>(keys);
        missing.removeAll(found);
        return new Report(
                system.name(),
                pull.name(),
                read,
                published != null,
                byEntity,
                suspicions.codes(),
                suspicions.mojibake(),
                missing);
    }
}
