package isthmus.reconcile;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** One shore as buckets of row hashes, by the first hex digits of their key hashes. */
interface Buckets {

    /** What is in the buckets, cut into those of so many digits; an empty set is everything. */
    Map<String, Sum> level(Set<String> within, int digits);

    /** Every row of the buckets. */
    void rows(Set<String> within, Row each);

    /**
     * A bucket: as many rows with as great sums are the same rows, but for a chance of one in 2^96.
     *
     * @param first sum of the first 48 bits of the row hashes
     * @param second sum of the next 48 bits
     */
    record Sum(long rows, BigDecimal first, BigDecimal second) {
        boolean is(Sum other) {
            return rows == other.rows && first.compareTo(other.first) == 0 && second.compareTo(other.second) == 0;
        }
    }

    /** Hears of one row: its hashes, and what it is called on that shore. */
    @FunctionalInterface
    interface Row {
        void see(Key key, Key row, String name);
    }
}
