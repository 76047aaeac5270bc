package isthmus.reconcile;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.normalize.Differences;
import isthmus.normalize.Differences.Difference;
import isthmus.normalize.Masks;
import isthmus.reconcile.Repair.Item;
import isthmus.reconcile.Repair.Kind;
import isthmus.reconcile.Repair.Plan;
import isthmus.security.seal.Opener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The fields in which a record of the store is not what its system shows now, when it is asked for it again. */
final class Fields {
    /** More are not said of one record. */
    private static final int MOST = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of so many records of a plan the fields are compared. */
    private static final int COMPARED = 50;

    private final Supplier<Catalog> catalog;
    private final LegacyShore legacy;
    private final DataSource store;
    private final Opener opener;
    private final Function<Chunk, Normalized> normalizer;

    Fields(
            Supplier<Catalog> catalog,
            LegacyShore legacy,
            DataSource store,
            Opener opener,
            Function<Chunk, Normalized> normalizer) {
        this.catalog = catalog;
        this.legacy = legacy;
        this.store = store;
        this.opener = opener;
        this.normalizer = normalizer;
    }

    Plan of(Plan plan) {
        Map<String, Map<String, List<String>>> ids = plan.items().stream()
                .filter(item -> item.kind() == Kind.DIFFERENT)
                .limit(COMPARED)
                .collect(groupingBy(Item::system, groupingBy(Item::entity, mapping(Item::id, toList()))));
        Map<String, List<Difference>> found = new HashMap<>();
        ids.forEach((system, byEntity) ->
                byEntity.forEach((entity, some) -> found.putAll(of(catalog.get().system(system), entity, some))));
        return new Plan(
                plan.items().stream()
                        .map(item -> item.with(found.getOrDefault(item.id(), List.of())))
                        .toList(),
                plan.more(),
                plan.asOf());
    }

    /** Null when one of the shores does not have it. */
    @Nullable
    List<Difference> of(String id) {
        String[] parts = id.split(":", 6);
        if (parts.length < 6) {
            throw new IllegalArgumentException("not an id: " + id);
        }
        return of(catalog.get().system(parts[3]), parts[4], List.of(id)).get(id);
    }

    /**
     * By id, from the store's value to that of the source; of classified fields only the path. A record that one of the two
     * shores does not have, and a block, which is put together from pieces, is not among them.
     */
    private Map<String, List<Difference>> of(LegacySystem system, String entity, Collection<String> ids) {
        Map<String, List<Difference>> differences = new HashMap<>();
        if (ids.isEmpty() || entity.equals(Intervals.ENTITY)) {
            return differences;
        }
        Map<String, JsonNode> stored = stored(entity, ids);
        for (Pull pull : system.pulls()) {
            for (MappingSpec mapping : system.mappings()) {
                if (mapping.entity().equals(entity) && mapping.pull().equals(pull.name())) {
                    Masks masks = Masks.of(mapping, pull);
                    shown(system, pull, entity, ids).forEach((id, fact) -> {
                        JsonNode held = stored.get(id);
                        if (held != null) {
                            differences.put(id, masks.mask(few(Differences.between(held, tree(fact.body())))));
                        }
                    });
                }
            }
        }
        return differences;
    }

    private static List<Difference> few(List<Difference> all) {
        return all.subList(0, Math.min(all.size(), MOST));
    }

    private Map<String, Fact> shown(LegacySystem system, Pull pull, String entity, Collection<String> ids) {
        Map<String, Fact> shown = new HashMap<>();
        NativeKeys.read(legacy, system, pull, ids, chunk -> {
            for (Outcome outcome : normalizer.apply(chunk).outcomes().getOrDefault(entity, List.of())) {
                if (outcome instanceof Outcome.Accepted accepted
                        && accepted.fact().op() == Op.UPSERT
                        && ids.contains(accepted.fact().id())) {
                    shown.merge(accepted.fact().id(), accepted.fact(), Fields::newer);
                }
            }
        });
        return shown;
    }

    private static Fact newer(Fact one, Fact other) {
        return one.sequence().compareTo(other.sequence()) > 0 ? one : other;
    }

    private Map<String, JsonNode> stored(String entity, Collection<String> ids) {
        Map<String, JsonNode> stored = new HashMap<>();
        try (Connection connection = store.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select id, body from record where entity = ? and id = any(?) and not deleted")) {
            query.setString(1, entity);
            query.setArray(2, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stored.put(row.getString(1), tree(opener.open(entity, row.getString(1), row.getBytes(2))));
                }
            }
            return stored;
        } catch (SQLException fault) {
            throw new StoreFault("the store cannot be read", fault);
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException fault) {
            throw new UncheckedIOException("a record is not JSON", fault);
        }
    }
}
