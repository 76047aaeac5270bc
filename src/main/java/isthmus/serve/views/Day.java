package isthmus.serve.views;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.BitSet;

/** A local day of one channel on one grid of intervals; a day on which meters were exchanged has a block of each. */
final class Day {
    final LocalDate date;
    final OffsetDateTime start;
    final Duration length;
    final int expected;
    private final BitSet known = new BitSet();
    private final BitSet estimated = new BitSet();
    private BigDecimal sum = BigDecimal.ZERO;

    private Day(LocalDate date, OffsetDateTime start, Duration length, int expected) {
        this.date = date;
        this.start = start;
        this.length = length;
        this.expected = expected;
    }

    /** A day as its first block has it, without the block's values. */
    static Day of(Block block) {
        return new Day(block.day(), block.begins(), block.length(), block.expected());
    }

    /** A day of which nothing has come; it has as many intervals as the zone gives it hours. */
    static Day missing(LocalDate date, ZoneId zone, Duration length) {
        var start = date.atStartOfDay(zone);
        Duration whole = Duration.between(start, date.plusDays(1).atStartOfDay(zone));
        return new Day(date, start.toOffsetDateTime(), length, (int) whole.dividedBy(length));
    }

    void add(Block block) {
        BitSet guessed = block.estimated();
        for (int i = 0; i < block.values().size(); i++) {
            Long value = block.values().get(i);
            if (value != null) {
                sum = sum.add(BigDecimal.valueOf(value, -block.scale()));
                known.set(i);
                estimated.set(i, guessed.get(i));
            }
        }
    }

    int received() {
        return known.cardinality();
    }

    int estimated() {
        return estimated.cardinality();
    }

    BigDecimal sum() {
        return sum;
    }

    boolean isKnown(int interval) {
        return known.get(interval);
    }

    OffsetDateTime begins(int interval) {
        return start.plus(length.multipliedBy(interval));
    }
}
