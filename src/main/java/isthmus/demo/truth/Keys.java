package isthmus.demo.truth;

import java.util.Arrays;

/** A set of 128-bit keys, each with its number in the order of arrival; a million of them in 32 MB. */
final class Keys {
    private int[] table = new int[1 << 16];
    private long[] high = new long[1 << 15];
    private long[] low = new long[1 << 15];
    private int size;

    int size() {
        return size;
    }

    /** The key's number, or -1. */
    int find(Digest key) {
        int slot = slot(key.high(), key.low());
        return table[slot] - 1;
    }

    /** The number of a new key, or -1 when it is there already. */
    int add(Digest key) {
        int slot = slot(key.high(), key.low());
        if (table[slot] != 0) {
            return -1;
        }
        if (size == high.length) {
            high = Arrays.copyOf(high, size * 2);
            low = Arrays.copyOf(low, size * 2);
        }
        high[size] = key.high();
        low[size] = key.low();
        table[slot] = ++size;
        if (size * 3L > table.length * 2L) {
            grow();
        }
        return size - 1;
    }

    private int slot(long h, long l) {
        int mask = table.length - 1;
        int slot = (int) (h ^ (h >>> 32)) & mask;
        while (table[slot] != 0 && (high[table[slot] - 1] != h || low[table[slot] - 1] != l)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < size; i++) {
            table[slot(high[i], low[i])] = i + 1;
        }
    }
}
