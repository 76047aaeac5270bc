package isthmus.security.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Seals what names a person in records that are about to be stored, and bytes as they were received. Safe for many threads. */
public final class Sealer {
    /** Seals nothing: for stores in which nobody is named, and for looking. */
    public static final Sealer NONE = new Sealer();

    /** Bound to what is sealed beside the record and the place in it, so that another form cannot be slipped in. */
    static final String MAJOR = "|1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOUND_BY = "customer";
    private static final String HASH = "hash";

    private final @Nullable DataKeys keys;
    private final Blind blind;
    private final Set<String> clear;

    /** @param open names of members that are looked for in the store and name nobody by themselves */
    public Sealer(MasterKeys masters, Blind blind, Set<String> open) {
        this.keys = new DataKeys(masters, blind);
        this.blind = blind;
        this.clear = Stream.concat(Personal.beside().stream(), open.stream())
                .filter(name -> !name.equals(HASH))
                .collect(Collectors.toSet());
    }

    private Sealer() {
        this.keys = null;
        this.blind = Blind.NONE;
        this.clear = Set.of();
    }

    /** A record that is sealed before it is written. */
    public interface Sealable {
        String entity();

        String id();

        /** The customer whose key it is, else the record. */
        String owner();

        byte[] body();

        /** @param blind what the record is found by; null for nothing */
        void seal(byte[] body, long @Nullable [] blind);
    }

    /** Bytes that are sealed whole, and the number of their key; null when they are as they were. */
    public record Whole(@Nullable Long key, byte[] bytes) {}

    /**
     * Seals those of the records that name somebody, under keys that are made in the same transaction where there are none.
     *
     * @throws SealAway when the master key is not there
     */
    public void seal(Connection connection, Collection<? extends Sealable> records) throws SQLException {
        if (keys == null) {
            return;
        }
        List<? extends Sealable> personal = records.stream()
                .filter(record -> Personal.isIn(record.entity(), record.body()))
                .toList();
        if (personal.isEmpty()) {
            return;
        }
        Map<String, DataKey> found = keys.of(
                connection, personal.stream().map(Sealable::owner).collect(Collectors.toCollection(TreeSet::new)));
        personal.forEach(record -> seal(record, Objects.requireNonNull(found.get(record.owner()))));
    }

    private void seal(Sealable record, DataKey key) {
        Set<Long> tokens = new TreeSet<>();
        boolean isFound = record.entity().equals(FOUND_BY) && key.erased() == null;
        byte[] body = Leaves.rewrite(record.body(), Personal.members(record.entity()), clear, (path, json) -> {
            if (isFound) {
                token(path, json, tokens);
            }
            return path.endsWith(HASH) ? null : key.seal(record.id() + '|' + path + MAJOR, json);
        });
        record.seal(body, isFound ? tokens.stream().mapToLong(Long::longValue).toArray() : null);
    }

    private void token(String path, byte[] json, Set<Long> tokens) {
        Wanted.kindOf(path).map(kind -> kind.token(blind, text(json))).ifPresent(tokens::add);
    }

    private static String text(byte[] json) {
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8)).asText();
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a value that is no JSON", damaged);
        }
    }

    /**
     * A text that is no part of a record, sealed.
     *
     * @param owner the customer whose key it is
     * @param place to which it is bound
     */
    public String text(Connection connection, String owner, String place, String value) throws SQLException {
        if (keys == null) {
            return value;
        }
        DataKey key = Objects.requireNonNull(keys.of(connection, Set.of(owner)).get(owner));
        return key.text(place, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * For many texts that are no part of a record and of more than one person, under a key of their own.
     *
     * @param name by which they are known
     */
    public Chest chest(Connection connection, String name) throws SQLException {
        return new Chest(
                keys == null
                        ? null
                        : Objects.requireNonNull(
                                keys.of(connection, Set.of(name)).get(name)));
    }

    /** What stands for a value that is looked up; anybody can try values out where nothing is sealed. */
    public Blind blind() {
        return blind;
    }

    /**
     * Seals bytes as they were received, under a key of their own, which must not be there yet or be theirs.
     *
     * @param name by which they are known
     */
    public Whole whole(Connection connection, String name, byte[] bytes) throws SQLException {
        if (keys == null) {
            return new Whole(null, bytes);
        }
        DataKey key = Objects.requireNonNull(keys.of(connection, Set.of(name)).get(name));
        return new Whole(key.no(), key.sealWhole(bytes));
    }
}
