package isthmus.serve.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Pull;
import isthmus.crosscheck.Rules;
import isthmus.model.Entities;
import isthmus.model.Urn;
import isthmus.serve.Reads;
import isthmus.serve.lineage.Measured.Period;
import isthmus.serve.lineage.Measured.Use;
import isthmus.source.KeptPieces;
import isthmus.store.RawObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Traces a record back to the row, the line or the message that it came from, version by version and field by field. */
@Component
public final class Lineage {
    private static final int VERSIONS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reads reads;
    private final Supplier<Catalog> catalog;
    private final RawObjects kept;
    private final Reach reach;

    /** @param catalog what is in force now */
    Lineage(Reads reads, @Qualifier("catalogInForce") Supplier<Catalog> catalog, RawObjects kept, Rules checks) {
        this.reads = reads;
        this.catalog = catalog;
        this.kept = kept;
        this.reach = Reach.of(checks);
    }

    /**
     * The bytes of one record as they came.
     *
     * @param charset that they are in
     */
    public record Raw(byte[] bytes, Charset charset) {
        /** As text, with U+FFFD for what the charset does not know. */
        public String text() {
            return new String(bytes, charset);
        }
    }

    /** Nothing when no record ever had this id; a deleted one has a trace. */
    public Optional<Trace> trace(String id) {
        String entity = Urn.entity(id);
        if (!Entities.ALL.contains(entity)) {
            return Optional.empty();
        }
        return reads.together(connection -> {
            List<Version> versions = versions(connection, entity, id);
            return versions.isEmpty() ? Optional.empty() : Optional.of(trace(connection, id, entity, versions));
        });
    }

    /** What corrections of it, or of what it was measured by, mean for bills; nothing where there is no such record. */
    public Optional<Impact> impact(String id) {
        String entity = Urn.entity(id);
        if (!Entities.ALL.contains(entity)) {
            return Optional.empty();
        }
        return reads.together(connection -> isThere(connection, entity, id)
                ? Optional.ofNullable(new Impacts(connection, new Measured(connection, reach)).of(id, entity, null))
                : Optional.empty());
    }

    /**
     * The bytes of a version, out of the whole that the store keeps; empty when it keeps none, or when they cannot be found
     * in it. Of a query's page there may be several rows with one key.
     */
    public List<Raw> raw(String id, Came came) {
        String sha256 = came.raw().sha256();
        Optional<LegacySystem> system = system(came.system());
        if (sha256 == null || system.isEmpty()) {
            return List.of();
        }
        Optional<Pull> pull = system.get().pulls().stream()
                .filter(each -> each.name().equals(came.pull()))
                .findFirst();
        Optional<byte[]> whole = kept.get(sha256);
        if (pull.isEmpty() || whole.isEmpty()) {
            return List.of();
        }
        Charset charset = KeptPieces.charset(system.get());
        return KeptPieces.within(system.get(), pull.get(), whole.get(), came.object(), came.ordinal(), keyHash(id))
                .stream()
                .map(bytes -> new Raw(bytes, charset))
                .toList();
    }

    private Trace trace(Connection connection, String id, String entity, List<Version> versions) throws SQLException {
        boolean more = versions.size() > VERSIONS;
        Version newest = versions.get(0);
        JsonNode record = json(newest.body());
        Period period = newest.deleted() ? null : Period.of(record);
        Measured measured = new Measured(connection, reach);
        Use use = period == null ? null : measured.of(period);
        Optional<LegacySystem> system = system(Urn.silo(id));
        MappingSpec mapping = system.stream()
                .flatMap(each -> each.mappings().stream())
                .filter(each -> each.entity().equals(entity))
                .findFirst()
                .orElse(null);
        String loaded = mapping == null ? null : Urn.silo(id) + "-" + mapping.entity() + "@" + mapping.version();
        return new Trace(
                id,
                entity,
                more ? versions.subList(0, VERSIONS) : versions,
                more,
                Trace.Mapping.of(loaded, newest.mapping()),
                mapping == null || newest.deleted()
                        ? List.of()
                        : FieldRules.of(mapping, system.orElseThrow().pull(mapping.pull()), record),
                use == null ? null : use.all(),
                use != null && use.more(),
                new Impacts(connection, measured).of(id, entity, use));
    }

    private Optional<LegacySystem> system(String name) {
        return catalog.get().systems().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private static List<Version> versions(Connection connection, String entity, String id) throws SQLException {
        List<Version> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(Version.all(entity))) {
            select.setString(1, id);
            select.setString(2, id);
            select.setInt(3, VERSIONS + 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.add(Version.of(row));
                }
            }
        }
        return versions;
    }

    private static boolean isThere(Connection connection, String entity, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select exists (select from record_" + entity + " where entity = ? and id = ?)")) {
            select.setString(1, entity);
            select.setString(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException fault) {
            throw new UncheckedIOException("a stored record is not JSON", fault);
        }
    }

    private String keyHash(String id) {
        return reads.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select keyhash::text from record_" + Urn.entity(id) + " where id = ?")) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getString(1).replace("-", "") : "";
                }
            }
        });
    }
}
