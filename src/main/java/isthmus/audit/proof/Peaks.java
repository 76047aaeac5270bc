package isthmus.audit.proof;

import java.util.ArrayList;
import java.util.List;

/** All that a log must know of its past to grow: the roots of its complete subtrees, the largest first. */
public final class Peaks {
    private static final int HASH = 32;

    private final List<byte[]> hashes = new ArrayList<>();
    private long size;

    /** Is told every subtree as it becomes complete, its leaves excepted. */
    @FunctionalInterface
    public interface Completed {
        Completed NONE = (level, place, hash) -> {};

        void node(int level, long place, byte[] hash);
    }

    /** As {@link #bytes} gave them. */
    public static Peaks of(long size, byte[] bytes) {
        if (size < 0 || bytes.length != Long.bitCount(size) * HASH) {
            throw new IllegalArgumentException("not the peaks of " + size + " entries");
        }
        Peaks peaks = new Peaks();
        peaks.size = size;
        for (int at = 0; at < bytes.length; at += HASH) {
            byte[] hash = new byte[HASH];
            System.arraycopy(bytes, at, hash, 0, HASH);
            peaks.hashes.add(hash);
        }
        return peaks;
    }

    public long size() {
        return size;
    }

    /** The next entry, by its leaf's hash. */
    public void add(byte[] leaf, Completed completed) {
        byte[] hash = leaf;
        int level = 0;
        for (long place = size; (place & 1) == 1; place >>= 1) {
            hash = Merkle.node(hashes.remove(hashes.size() - 1), hash);
            completed.node(++level, place >> 1, hash);
        }
        hashes.add(hash);
        size++;
    }

    /** The root over all entries so far. */
    public byte[] root() {
        if (size == 0) {
            return Merkle.root(0, (level, place) -> new byte[HASH]);
        }
        byte[] root = hashes.get(hashes.size() - 1);
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = Merkle.node(hashes.get(i), root);
        }
        return root;
    }

    public byte[] bytes() {
        byte[] bytes = new byte[hashes.size() * HASH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i), 0, bytes, i * HASH, HASH);
        }
        return bytes;
    }
}
