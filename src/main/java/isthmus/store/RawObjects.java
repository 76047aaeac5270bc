package isthmus.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Sealer;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages and messages as they were received, compressed, found by the hex SHA-256 of their clear bytes. */
public final class RawObjects {
    private static final int PART = 1 << 20;

    private final DataSource source;
    private final Opener opener;

    public RawObjects(DataSource source, Opener opener) {
        this.source = source;
        this.opener = opener;
        // It unpacks itself into the temporary folder, and a first time without room there would be its last.
        Native.load();
    }

    /** As they lie in the tables. */
    private record Packed(long size, @Nullable Long key, byte[] bytes) {}

    /** The bytes as received, or nothing when no such object is kept, or its key was destroyed. */
    public Optional<byte[]> get(String sha256) {
        return Transaction.run(source, "read a raw object", connection -> read(connection, sha256))
                .map(packed -> {
                    byte[] bytes = opener.whole(packed.key(), packed.bytes());
                    return bytes == null ? null : Zstd.decompress(bytes, Math.toIntExact(packed.size()));
                });
    }

    private static Optional<Packed> read(Connection connection, String sha256) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select o.size, o.key, p.bytes from raw_object o"
                + " join raw_part p using (sha256) where sha256 = ? order by n")) {
            select.setString(1, sha256);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            long size = -1;
            Long key = null;
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    size = row.getLong(1);
                    key = row.getObject(2, Long.class);
                    packed.writeBytes(row.getBytes(3));
                }
            }
            return size < 0 ? Optional.empty() : Optional.of(new Packed(size, key, packed.toByteArray()));
        }
    }

    /** Keeps the bytes once, in the transaction of the chunk that was cut from them, and returns their SHA-256. */
    static String keep(Connection connection, Sealer sealer, byte[] raw, Instant now) throws SQLException {
        String sha256 = HexFormat.of().formatHex(BlockMerge.sha256(raw));
        try (PreparedStatement insert = connection.prepareStatement("insert into raw_object (sha256, size, encoding,"
                + " created) values (?, ?, 'zstd', ?) on conflict (sha256) do nothing")) {
            insert.setString(1, sha256);
            insert.setLong(2, raw.length);
            insert.setObject(3, Ledger.utc(now));
            if (insert.executeUpdate() == 1) {
                Sealer.Whole sealed =
                        sealer.whole(connection, List.of(Zstd.compress(raw))).get(0);
                keepParts(connection, sha256, sealed.bytes());
                keepKey(connection, sha256, sealed.key());
            }
        }
        return sha256;
    }

    private static void keepKey(Connection connection, String sha256, @Nullable Long key) throws SQLException {
        if (key != null) {
            try (PreparedStatement update =
                    connection.prepareStatement("update raw_object set key = ? where sha256 = ?")) {
                update.setLong(1, key);
                update.setString(2, sha256);
                update.executeUpdate();
            }
        }
    }

    private static void keepParts(Connection connection, String sha256, byte[] packed) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into raw_part (sha256, n, bytes) values (?, ?, ?)")) {
            int n = 0;
            for (int at = 0; at < packed.length; at += PART) {
                insert.setString(1, sha256);
                insert.setInt(2, n++);
                insert.setBytes(3, Arrays.copyOfRange(packed, at, Math.min(packed.length, at + PART)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
