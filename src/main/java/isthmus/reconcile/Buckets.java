package isthmus.reconcile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One shore as buckets of row hashes, by the first hex digits of their key hashes. */
interface Buckets {

    /** What is in the buckets, cut into those of so many digits; an empty set is everything. */
    Map<String, Sum> level(Set<String> within, int digits);

    /** Every row of the buckets. */
    void rows(Set<String> within, Row each);

    /**
     * A bucket: as many rows with the same sums are the same rows, but for a chance of one in 2^96.
     *
     * @param first sum of the first 48 bits of the row hashes, modulo 2^64
     * @param second sum of the next 48 bits
     */
    record Sum(long rows, long first, long second) {
        Sum plus(Sum other) {
            return new Sum(rows + other.rows, first + other.first, second + other.second);
        }
    }

    /** A level with fewer digits. */
    static Map<String, Sum> coarser(Map<String, Sum> level, int digits) {
        Map<String, Sum> coarser = new HashMap<>();
        level.forEach((bucket, sum) -> coarser.merge(bucket.substring(0, digits), sum, Sum::plus));
        return coarser;
    }

    /**
     * How a row was counted in its bucket.
     *
     * @param isRecord false for what waits in quarantine
     */
    record Counted(
            boolean isRecord,
            @Nullable BigDecimal money,
            @Nullable BigDecimal energy) {
        /** Of a shore that counts rows only. */
        static final Counted AS_A_ROW = new Counted(false, null, null);
    }

    /** Hears of one row: its hashes, what it is called on that shore, and how that shore has counted it. */
    @FunctionalInterface
    interface Row {
        void see(Key key, Key row, String name, Counted counted);
    }
}
