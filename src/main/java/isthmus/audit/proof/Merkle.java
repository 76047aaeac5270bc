package isthmus.audit.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The Merkle tree of RFC 6962, section 2.1: its hashes, its roots, and its two proofs. */
public final class Merkle {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte[] EMPTY = sha256().digest("".getBytes(StandardCharsets.US_ASCII));

    private Merkle() {}

    /** The hashes of a tree's complete subtrees. */
    @FunctionalInterface
    public interface Nodes {
        /**
         * One of them.
         *
         * @param level 0 for the leaves
         * @param place from the left, beginning with 0; its leaves are those from {@code place << level} on
         */
        byte[] hash(int level, long place);
    }

    /** The hash of an entry's bytes. */
    public static byte[] leaf(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest.digest(bytes);
    }

    /** The hash over two subtrees. */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of the first {@code size} entries. */
    public static byte[] root(long size, Nodes nodes) {
        return size == 0 ? EMPTY.clone() : root(0, size, nodes);
    }

    /** That the entry at {@code place}, beginning with 0, is one of the first {@code size}: PATH of section 2.1.1. */
    public static List<byte[]> inclusion(long place, long size, Nodes nodes) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("no entry at " + place + " among " + size);
        }
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (place < middle) {
                path.add(0, root(middle, to, nodes));
                to = middle;
            } else {
                path.add(0, root(from, middle, nodes));
                from = middle;
            }
        }
        return path;
    }

    /** That the first {@code small} entries of a log of {@code size} are what they were: PROOF of section 2.1.2. */
    public static List<byte[]> consistency(long small, long size, Nodes nodes) {
        if (small < 0 || small > size) {
            throw new IllegalArgumentException("not a part of " + size + ": " + small);
        }
        List<byte[]> proof = new ArrayList<>();
        if (small == 0 || small == size) {
            return proof;
        }
        long from = 0;
        long to = size;
        while (to != small) {
            long middle = from + split(to - from);
            if (small <= middle) {
                proof.add(0, root(middle, to, nodes));
                to = middle;
            } else {
                proof.add(0, root(from, middle, nodes));
                from = middle;
            }
        }
        if (from > 0) {
            proof.add(0, root(from, to, nodes));
        }
        return proof;
    }

    /** Whether a path leads from a leaf at {@code place} to the root over {@code size} entries. */
    public static boolean includes(byte[] leaf, long place, long size, List<byte[]> path, byte[] root) {
        if (place < 0 || place >= size) {
            return false;
        }
        long at = place;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if (isRight(at) || at == last) {
                hash = node(sibling, hash);
                while (!isRight(at) && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(hash, root);
    }

    /** Whether a proof shows that the log with the later root has only grown since the earlier one. */
    public static boolean grew(long small, long size, byte[] earlier, byte[] later, List<byte[]> proof) {
        if (small < 0 || small > size) {
            return false;
        }
        if (small == 0 || small == size) {
            return proof.isEmpty() && MessageDigest.isEqual(earlier, small == 0 ? EMPTY : later);
        }
        long at = small - 1;
        long last = size - 1;
        while (isRight(at)) {
            at >>= 1;
            last >>= 1;
        }
        int next = 0;
        byte[] old = earlier;
        if (at != 0) {
            if (proof.isEmpty()) {
                return false;
            }
            old = proof.get(next++);
        }
        byte[] now = old;
        for (; next < proof.size(); next++) {
            if (last == 0) {
                return false;
            }
            byte[] sibling = proof.get(next);
            if (isRight(at) || at == last) {
                old = node(sibling, old);
                now = node(sibling, now);
                while (!isRight(at) && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                now = node(now, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(old, earlier) && MessageDigest.isEqual(now, later);
    }

    private static byte[] root(long from, long to, Nodes nodes) {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.hash(level, from >> level);
        }
        long middle = from + split(size);
        return node(root(from, middle, nodes), root(middle, to, nodes));
    }

    /** The largest power of two that is smaller. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static boolean isRight(long place) {
        return (place & 1) == 1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
