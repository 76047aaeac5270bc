package isthmus.security.seal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable DataKeys keys;
    private final Blind blind;
    private final Set<String> clear;

    /** @param open names of members that are looked for in the store and name nobody by themselves */
    public Sealer(MasterKeys masters, Blind blind, Set<String> open) {
        this.keys = new DataKeys(masters);
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

    /**
     * Whether what is stored now would be sealed.
     *
     * @throws SealAway when it is to be, and a master key is not there
     */
    public boolean isReady(Connection connection) throws SQLException {
        if (keys == null) {
            return false;
        }
        keys.known(connection);
        return true;
    }

    /**
     * A record that is about to be stored.
     *
     * @param key the number of that under which its versions are sealed; null for one that has none yet
     * @param isOfErased whether it is of somebody who was erased, of whom nothing may be kept
     */
    public record Clear(String entity, String id, @Nullable Long key, boolean isOfErased, byte[] body) {}

    /**
     * As it is stored.
     *
     * @param key null where it names nobody, and never did
     * @param blind what the record is found by; null for nothing
     */
    public record Sealed(@Nullable Long key, byte[] body, long @Nullable [] blind) {}

    /** Bytes that are sealed whole, and the number of their key; null when they are as they were. */
    public record Whole(@Nullable Long key, byte[] bytes) {}

    /**
     * The records as they are stored, in their order: those that name somebody sealed, each under its own key, which is made in
     * the same transaction where there is none.
     *
     * @throws SealAway when the master key is not there
     */
    public List<Sealed> seal(Connection connection, List<Clear> records) throws SQLException {
        List<Clear> personal = keys == null
                ? List.of()
                : records.stream()
                        .filter(record -> Personal.isIn(record.entity(), record.body()))
                        .toList();
        Map<String, DataKey> found = keys == null || personal.isEmpty() ? Map.of() : keys(keys, connection, personal);
        Set<Clear> naming = Collections.newSetFromMap(new IdentityHashMap<>());
        naming.addAll(personal);
        return records.stream()
                .map(record -> naming.contains(record)
                        ? sealed(record, Objects.requireNonNull(found.get(record.id())))
                        : new Sealed(record.key(), record.body(), null))
                .toList();
    }

    /** By the ids of the records; of one that comes twice in a chunk both versions have the same. */
    private static Map<String, DataKey> keys(DataKeys keys, Connection connection, List<Clear> records)
            throws SQLException {
        keys.check(connection);
        Set<Long> numbers =
                records.stream().map(Clear::key).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<Long, DataKey> known = keys.numbered(connection, numbers);
        Map<String, DataKey> found = new HashMap<>();
        Set<String> fresh = new LinkedHashSet<>();
        for (Clear record : records) {
            DataKey key = record.key() == null ? null : known.get(record.key());
            if (key == null) {
                fresh.add(record.id());
            } else {
                found.put(record.id(), key);
            }
        }
        Iterator<DataKey> made = keys.fresh(connection, fresh.size()).iterator();
        fresh.forEach(id -> found.put(id, made.next()));
        return found;
    }

    private Sealed sealed(Clear record, DataKey key) {
        Set<Long> tokens = new TreeSet<>();
        boolean isKept = !record.isOfErased() && key.erased() == null;
        boolean isFound = isKept && record.entity().equals(FOUND_BY);
        Map<String, byte[]> firsts = new HashMap<>();
        byte[] body = Leaves.rewrite(record.body(), Personal.members(record.entity()), clear, (path, json) -> {
            if (isFound) {
                token(path, json, tokens);
            }
            if (path.endsWith(HASH)) {
                return null;
            }
            if (!isKept) {
                return NULL;
            }
            byte[] first = firsts.putIfAbsent(Leaves.object(path), json);
            return Arrays.equals(first, json) ? DataKey.SAME : key.seal(record.id() + '|' + path + MAJOR, json);
        });
        return new Sealed(
                key.no(),
                body,
                isFound ? tokens.stream().mapToLong(Long::longValue).toArray() : null);
    }

    private void token(String path, byte[] json, Set<Long> tokens) {
        Wanted kind = Wanted.at(path);
        if (kind != null) {
            tokens.add(kind.token(blind, text(json)));
        }
    }

    private static String text(byte[] json) {
        String text = new String(json, 1, json.length - 2, StandardCharsets.UTF_8);
        if (text.indexOf('\\') < 0) {
            return text;
        }
        try {
            return JSON.readTree(json).asText();
        } catch (IOException damaged) {
            throw new UncheckedIOException("a value that is no JSON", damaged);
        }
    }

    /**
     * A text that is no part of a record, sealed under the record's key.
     *
     * @param key of the record; null for one that has none, and then the text gets one of its own
     * @param place to which it is bound
     */
    public String text(Connection connection, @Nullable Long key, String place, String value) throws SQLException {
        if (keys == null) {
            return value;
        }
        keys.check(connection);
        DataKey with =
                key == null ? null : keys.numbered(connection, Set.of(key)).get(key);
        if (with == null) {
            with = keys.fresh(connection, 1).get(0);
        }
        return with.text(place, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * For many texts that are no part of a record and of more than one person, under a key of their own.
     *
     * @param name by which they are known
     */
    public Chest chest(Connection connection, String name) throws SQLException {
        return new Chest(keys == null ? null : keys.named(connection, name));
    }

    /** What stands for a value that is looked up; anybody can try values out where nothing is sealed. */
    public Blind blind() {
        return blind;
    }

    /** Seals bytes as they were received, in their order, each under a key of its own that is made in the same transaction. */
    public List<Whole> whole(Connection connection, List<byte[]> all) throws SQLException {
        if (keys == null || all.isEmpty()) {
            return all.stream().map(bytes -> new Whole(null, bytes)).toList();
        }
        keys.check(connection);
        Iterator<DataKey> made = keys.fresh(connection, all.size()).iterator();
        return all.stream()
                .map(bytes -> {
                    DataKey key = made.next();
                    return new Whole(key.no(), key.sealWhole(bytes));
                })
                .toList();
    }
}
