package isthmus.reconcile;

import isthmus.reconcile.Buckets.Counted;
import isthmus.reconcile.Buckets.Sum;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the rows in which two shores differ without moving those in which they do not: compares buckets, cuts those that
 * differ into smaller ones, and moves the rows of the last.
 */
final class Bisection {
    /** The first level has buckets of at most so many rows, where three digits or four are enough for that. */
    private static final long BUCKET = 16;

    private static final int FEWEST_DIGITS = 2;
    private static final int MOST_DIGITS = 4;
    private static final int STEP = 2;
    private static final int LAST_DIGITS = 6;
    /** So many rows a bucket, or in all, are cheaper to move than to cut again, which is a scan of either shore. */
    private static final long FEW = 32;

    private static final long ENOUGH = 1_000;
    /** Where more buckets are apart it costs less, of time and of memory, to read everything once. */
    private static final int MOST = 2_048;

    private static final Sum NOTHING = new Sum(0, 0, 0);

    private final Buckets source;
    private final Buckets store;

    private long sourceRows;
    private long moved;
    private int levels;

    Bisection(Buckets source, Buckets store) {
        this.source = source;
        this.store = store;
    }

    /**
     * What a shore calls a key that differs; empty where it has none.
     *
     * @param counted how the store's buckets have counted it
     */
    record Apart(String inSource, String inStore, Counted counted) {
        boolean isInSource() {
            return !inSource.isEmpty();
        }

        boolean isInStore() {
            return !inStore.isEmpty();
        }
    }

    /** By key hash what differs; empty where so much differs that both shores have to be read row by row. */
    Optional<Map<Key, Apart>> differences() {
        Map<String, Sum> there = store.level(Set.of(), MOST_DIGITS);
        int digits = digits(rows(there));
        there = Buckets.coarser(there, digits);
        Map<String, Sum> here = source.level(Set.of(), digits);
        sourceRows = rows(here);
        while (true) {
            levels++;
            Set<String> apart = apart(here, there);
            if (apart.isEmpty()) {
                return Optional.of(Map.of());
            }
            if (apart.size() > MOST) {
                return Optional.empty();
            }
            if (digits >= LAST_DIGITS || areFew(apart, here, there)) {
                return Optional.of(rows(apart));
            }
            digits += STEP;
            here = source.level(apart, digits);
            there = store.level(apart, digits);
        }
    }

    private static int digits(long rows) {
        int digits = FEWEST_DIGITS;
        while (digits < MOST_DIGITS && rows >> 4 * digits > BUCKET) {
            digits++;
        }
        return digits;
    }

    private static boolean areFew(Set<String> apart, Map<String, Sum> here, Map<String, Sum> there) {
        long most = 0;
        long all = 0;
        for (String bucket : apart) {
            long ours = here.getOrDefault(bucket, NOTHING).rows();
            long theirs = there.getOrDefault(bucket, NOTHING).rows();
            most = Math.max(most, Math.max(ours, theirs));
            all += ours + theirs;
        }
        return most <= FEW || all <= ENOUGH;
    }

    private static Set<String> apart(Map<String, Sum> here, Map<String, Sum> there) {
        Set<String> apart = new TreeSet<>();
        Set<String> all = new HashSet<>(here.keySet());
        all.addAll(there.keySet());
        for (String bucket : all) {
            if (!here.getOrDefault(bucket, NOTHING).equals(there.getOrDefault(bucket, NOTHING))) {
                apart.add(bucket);
            }
        }
        return apart;
    }

    private static long rows(Map<String, Sum> level) {
        return level.values().stream().mapToLong(Sum::rows).sum();
    }

    private Map<Key, Apart> rows(Set<String> within) {
        record Seen(Key row, String name) {}
        Map<Key, Seen> here = new HashMap<>();
        Map<Key, Apart> apart = new TreeMap<>();
        source.rows(within, (key, row, name, counted) -> {
            moved++;
            here.put(key, new Seen(row, name));
        });
        store.rows(within, (key, row, name, counted) -> {
            moved++;
            Seen same = here.remove(key);
            if (same == null) {
                apart.put(key, new Apart("", name, counted));
            } else if (!same.row().equals(row)) {
                apart.put(key, new Apart(same.name(), name, counted));
            }
        });
        here.forEach((key, only) -> apart.put(key, new Apart(only.name(), "", Counted.AS_A_ROW)));
        return apart;
    }

    long sourceRows() {
        return sourceRows;
    }

    /** Rows that were moved from either shore. */
    long moved() {
        return moved;
    }

    /** How often the buckets were compared. */
    int levels() {
        return levels;
    }
}
