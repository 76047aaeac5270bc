package isthmus.security.seal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens what was sealed, as long as the key is there. What was sealed under a key that has been destroyed is null, and the
 * record says {@code erasedAt}. A key is remembered for five seconds at most. Safe for many threads.
 */
public final class Opener {
    /** Opens nothing: for stores in which nothing was sealed. */
    public static final Opener NONE = new Opener();

    private static final byte[] MARK = ('"' + DataKey.MARK).getBytes(StandardCharsets.US_ASCII);
    private static final long REMEMBERED_NANOS = 5_000_000_000L;

    /** Records that came together have keys that were made together: they are read together. */
    private static final int BLOCK = 32;

    private static final int MOST_BLOCKS = 2_048;

    private final @Nullable DataKeys keys;
    private final @Nullable DataSource store;
    private final Map<Long, Block> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Block> eldest) {
            return size() > MOST_BLOCKS;
        }
    };

    private record Block(Map<Long, DataKey> keys, long read) {
        boolean isFresh() {
            return System.nanoTime() - read < REMEMBERED_NANOS;
        }
    }

    /** @param store connections that nobody holds while waiting for another of them */
    public Opener(MasterKeys masters, DataSource store) {
        this.keys = new DataKeys(masters);
        this.store = store;
    }

    private Opener() {
        this.keys = null;
        this.store = null;
    }

    /**
     * A record in clear; the same bytes when nothing in it is sealed.
     *
     * @throws SealAway when the master key is not there
     * @throws SealBroken when a value was sealed for another record or place, or has been changed
     */
    public byte[] open(String entity, String id, byte[] record) {
        Set<String> members = Personal.members(entity);
        if (keys == null || members.isEmpty() || !holds(record)) {
            return record;
        }
        Instant[] erased = new Instant[1];
        Map<String, byte[]> firsts = new HashMap<>();
        byte[] opened = Leaves.rewrite(record, members, Set.of(), (path, json) -> {
            if (Arrays.equals(json, DataKey.SAME)) {
                return firsts.get(Leaves.object(path));
            }
            Sealed sealed = Sealed.of(json);
            if (sealed == null) {
                return null;
            }
            DataKey key = key(sealed.key());
            erased[0] = key.erased() == null ? erased[0] : key.erased();
            byte[] clear = key.open(id + '|' + path + Sealer.MAJOR, sealed.bytes());
            firsts.putIfAbsent(Leaves.object(path), clear);
            return clear;
        });
        return erased[0] == null ? opened : told(opened, erased[0]);
    }

    /** As {@link #open(String, String, byte[])}, of a record that says its id itself. */
    public byte[] open(String entity, byte[] record) {
        return keys == null || Personal.members(entity).isEmpty() || !holds(record)
                ? record
                : open(entity, Leaves.id(record), record);
    }

    /** As {@link #open(String, String, byte[])}, of JSON as text. */
    public String open(String entity, String id, String record) {
        byte[] sealed = record.getBytes(StandardCharsets.UTF_8);
        byte[] clear = open(entity, id, sealed);
        return clear == sealed ? record : new String(clear, StandardCharsets.UTF_8);
    }

    /** A text that {@link Sealer#text} has sealed, or one from before sealing; empty when its key was destroyed. */
    public String text(String place, String value) {
        Sealed sealed = keys == null ? null : Sealed.of(('"' + value + '"').getBytes(StandardCharsets.UTF_8));
        if (sealed == null) {
            return value;
        }
        DataKey key = key(sealed.key());
        return key.erased() != null ? "" : new String(key.open(place, sealed.bytes()), StandardCharsets.UTF_8);
    }

    /**
     * Bytes that were sealed whole.
     *
     * @param key null for such as never were
     * @return null when their key was destroyed
     */
    public byte @Nullable [] whole(@Nullable Long key, byte[] bytes) {
        if (key == null || keys == null) {
            return bytes;
        }
        return key(key).openWhole(bytes);
    }

    private static byte[] told(byte[] record, Instant erased) {
        String end = ",\"erasedAt\":\"" + erased + "\"}";
        byte[] bytes = Arrays.copyOf(record, record.length - 1 + end.length());
        System.arraycopy(end.getBytes(StandardCharsets.US_ASCII), 0, bytes, record.length - 1, end.length());
        return bytes;
    }

    private static boolean holds(byte[] record) {
        for (int i = 0; i <= record.length - MARK.length; i++) {
            if (record[i] == MARK[0] && Arrays.equals(record, i, i + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }

    private DataKey key(long no) {
        long first = no / BLOCK;
        synchronized (blocks) {
            Block block = blocks.get(first);
            if (block != null && block.isFresh() && block.keys().containsKey(no)) {
                return block.keys().get(no);
            }
        }
        Block read = read(first * BLOCK);
        synchronized (blocks) {
            blocks.put(first, read);
        }
        DataKey key = read.keys().get(no);
        if (key == null) {
            throw new IllegalStateException("sealed under key " + no + ", of which the store knows nothing");
        }
        return key;
    }

    private Block read(long first) {
        try (Connection connection = Objects.requireNonNull(store).getConnection()) {
            return new Block(
                    Objects.requireNonNull(keys).between(connection, first, first + BLOCK).stream()
                            .collect(Collectors.toMap(DataKey::no, key -> key)),
                    System.nanoTime());
        } catch (SQLException away) {
            throw new SealAway("the keys cannot be read: " + away.getSQLState());
        }
    }

    /** A text of a record that was sealed. */
    private record Sealed(long key, byte[] bytes) {
        static @Nullable Sealed of(byte[] json) {
            if (json.length < MARK.length || !Arrays.equals(json, 0, MARK.length, MARK, 0, MARK.length)) {
                return null;
            }
            String text = new String(json, MARK.length, json.length - MARK.length - 1, StandardCharsets.US_ASCII);
            int colon = text.indexOf(':');
            try {
                return new Sealed(
                        Long.parseLong(text.substring(0, Math.max(colon, 0)), Character.MAX_RADIX),
                        Base64.getUrlDecoder().decode(text.substring(colon + 1)));
            } catch (IllegalArgumentException asItCame) {
                // Somebody is called so.
                return null;
            }
        }
    }
}
