package isthmus.security.seal;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** The keys as the store has them, in table {@code data_key}, wrapped. */
final class DataKeys {
    private static final String COLUMNS = "no, profile, master, wrapped, erased";

    /** To what a wrapped key is bound: it is a key of ours, and nothing else that was sealed under a master key. */
    static final byte[] BOUND = "data key".getBytes(StandardCharsets.US_ASCII);

    private final MasterKeys masters;

    DataKeys(MasterKeys masters) {
        this.masters = masters;
    }

    /** So many new ones, in the transaction of what they will seal; to be checked before. */
    List<DataKey> fresh(Connection connection, int count) throws SQLException {
        if (count == 0) {
            return List.of();
        }
        Profile profile = masters.profile();
        String named = '\t' + profile.code() + '\t' + masters.current() + "\t\\\\x";
        List<DataKey> keys = new ArrayList<>(count);
        StringBuilder rows = new StringBuilder(count * 160);
        for (long no : numbers(connection, count)) {
            byte[] key = profile.freshKey();
            rows.append(no)
                    .append(named)
                    .append(HexFormat.of().formatHex(masters.wrap(key, BOUND)))
                    .append('\n');
            keys.add(new DataKey(no, profile, () -> profile.key(key), null));
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy data_key (no, profile, master, wrapped) from stdin",
                            new StringReader(rows.toString()));
        } catch (IOException fault) {
            throw new UncheckedIOException("lines in memory can be read", fault);
        }
        return keys;
    }

    private static List<Long> numbers(Connection connection, int count) throws SQLException {
        List<Long> numbers = new ArrayList<>(count);
        try (PreparedStatement select = connection.prepareStatement(
                "select nextval(pg_get_serial_sequence('data_key', 'no')) from generate_series(1, ?)")) {
            select.setInt(1, count);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
        }
        return numbers;
    }

    /** Those of these numbers; one that was destroyed is among them, and seals nothing. To be checked before. */
    Map<Long, DataKey> numbered(Connection connection, Collection<Long> numbers) throws SQLException {
        Map<Long, DataKey> keys = new HashMap<>();
        if (numbers.isEmpty()) {
            return keys;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from data_key where no = any(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
            keys(select).forEach(key -> keys.put(key.no(), key));
        }
        return keys;
    }

    /** The one of a name, made where there is none. */
    DataKey named(Connection connection, String name) throws SQLException {
        check(connection);
        List<DataKey> there = of(connection, name);
        if (there.isEmpty()) {
            Profile profile = masters.profile();
            try (PreparedStatement insert = connection.prepareStatement("insert into data_key (name, profile, master,"
                    + " wrapped) values (?, ?, ?, ?) on conflict (name) where name is not null do nothing")) {
                insert.setString(1, name);
                insert.setString(2, profile.code());
                insert.setString(3, masters.current());
                insert.setBytes(4, masters.wrap(profile.freshKey(), BOUND));
                insert.executeUpdate();
            }
            there = of(connection, name);
        }
        return there.get(0);
    }

    private List<DataKey> of(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from data_key where name = ?")) {
            select.setString(1, name);
            return keys(select);
        }
    }

    /** Those with numbers from one to before another. */
    List<DataKey> between(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from data_key where no >= ? and no < ?")) {
            select.setLong(1, from);
            select.setLong(2, to);
            return keys(select);
        }
    }

    private List<DataKey> keys(PreparedStatement select) throws SQLException {
        List<DataKey> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(key(row));
            }
        }
        return keys;
    }

    private DataKey key(ResultSet row) throws SQLException {
        Profile profile = Profile.of(row.getString(2)).orElseThrow();
        String master = row.getString(3);
        byte[] wrapped = row.getBytes(4);
        OffsetDateTime erased = row.getObject(5, OffsetDateTime.class);
        return new DataKey(
                row.getLong(1),
                profile,
                () -> profile.key(masters.unwrap(master, wrapped, BOUND)),
                erased == null ? null : erased.toInstant());
    }

    /**
     * A store that was sealed under a key that is not here gets no second one beside it: half of it could never be opened
     * together with the other half.
     */
    void check(Connection connection) throws SQLException {
        if (!known(connection).contains(masters.current())) {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into master_key (id) values (?) on conflict do nothing")) {
                insert.setString(1, masters.current());
                insert.executeUpdate();
            }
        }
    }

    /**
     * The master keys under which something stands.
     *
     * @throws SealAway when one of them is not here, or none is
     */
    Set<String> known(Connection connection) throws SQLException {
        masters.current();
        Set<String> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select id from master_key");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String id = row.getString(1);
                if (!masters.has(id)) {
                    throw new SealAway("the store is sealed under the master key " + id
                            + ", which is not here: set it as isthmus.seal.key or isthmus.seal.former");
                }
                known.add(id);
            }
        }
        return known;
    }
}
