package isthmus.security.seal;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The keys of persons as the store has them, in table {@code data_key}, wrapped. */
final class DataKeys {
    private static final String COLUMNS = "no, owner, profile, master, wrapped, erased";

    private final MasterKeys masters;
    private final Blind blind;

    DataKeys(MasterKeys masters, Blind blind) {
        this.masters = masters;
        this.blind = blind;
    }

    /** The keys of these owners, made where there are none, in the transaction of what they seal. */
    Map<String, DataKey> of(Connection connection, Collection<String> owners) throws SQLException {
        check(connection);
        Map<ByteBuffer, String> wanted = new TreeMap<>();
        owners.forEach(owner -> wanted.put(ByteBuffer.wrap(blind.owner(owner)), owner));
        Map<String, DataKey> keys = new HashMap<>();
        find(connection, wanted, keys);
        List<ByteBuffer> missing = wanted.entrySet().stream()
                .filter(owner -> !keys.containsKey(owner.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            make(connection, missing, wanted, keys);
        }
        if (keys.size() < wanted.size()) {
            // Another chunk made them at the same moment.
            find(connection, wanted, keys);
        }
        return keys;
    }

    private void find(Connection connection, Map<ByteBuffer, String> wanted, Map<String, DataKey> keys)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from data_key where owner = any(?)")) {
            select.setArray(1, bytes(connection, wanted.keySet()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.put(Objects.requireNonNull(wanted.get(ByteBuffer.wrap(row.getBytes(2)))), key(row));
                }
            }
        }
    }

    /** In the order of the owners, so that two transactions never wait for each other. */
    private void make(
            Connection connection, List<ByteBuffer> owners, Map<ByteBuffer, String> wanted, Map<String, DataKey> keys)
            throws SQLException {
        Profile profile = masters.profile();
        Map<ByteBuffer, byte[]> fresh = new HashMap<>();
        List<ByteBuffer> wrapped = new ArrayList<>();
        for (ByteBuffer owner : owners) {
            byte[] key = profile.freshKey();
            fresh.put(owner, key);
            wrapped.add(ByteBuffer.wrap(masters.wrap(key, owner.array())));
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into data_key (owner, profile, master,"
                + " wrapped) select owner, ?, ?, wrapped from unnest(?::bytea[], ?::bytea[]) as made (owner, wrapped)"
                + " on conflict (owner) do nothing returning no, owner")) {
            insert.setString(1, profile.code());
            insert.setString(2, masters.current());
            insert.setArray(3, bytes(connection, owners));
            insert.setArray(4, bytes(connection, wrapped));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    ByteBuffer owner = ByteBuffer.wrap(row.getBytes(2));
                    byte[] key = Objects.requireNonNull(fresh.get(owner));
                    keys.put(
                            Objects.requireNonNull(wanted.get(owner)),
                            new DataKey(row.getLong(1), profile, () -> profile.key(key), null));
                }
            }
        }
    }

    /** Those with numbers from one to before another. */
    List<DataKey> between(Connection connection, long from, long to) throws SQLException {
        List<DataKey> keys = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from data_key where no >= ? and no < ?")) {
            select.setLong(1, from);
            select.setLong(2, to);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(key(row));
                }
            }
        }
        return keys;
    }

    private DataKey key(ResultSet row) throws SQLException {
        Profile profile = Profile.of(row.getString(3)).orElseThrow();
        byte[] owner = row.getBytes(2);
        String master = row.getString(4);
        byte[] wrapped = row.getBytes(5);
        OffsetDateTime erased = row.getObject(6, OffsetDateTime.class);
        return new DataKey(
                row.getLong(1),
                profile,
                () -> profile.key(masters.unwrap(master, wrapped, owner)),
                erased == null ? null : erased.toInstant());
    }

    /**
     * A store that was sealed under a key that is not here gets no second one beside it: half of it could never be opened
     * together with the other half.
     */
    private void check(Connection connection) throws SQLException {
        Set<String> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select id from master_key");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                known.add(row.getString(1));
            }
        }
        String current = masters.current();
        for (String id : known) {
            if (!masters.has(id)) {
                throw new SealAway("the store is sealed under the master key " + id
                        + ", which is not here: set it as isthmus.seal.key or isthmus.seal.former");
            }
        }
        if (!known.contains(current)) {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into master_key (id) values (?) on conflict do nothing")) {
                insert.setString(1, current);
                insert.executeUpdate();
            }
        }
    }

    private static Array bytes(Connection connection, Collection<ByteBuffer> values) throws SQLException {
        return connection.createArrayOf(
                "bytea", values.stream().map(ByteBuffer::array).toArray(byte[][]::new));
    }
}
