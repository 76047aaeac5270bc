package isthmus.reconcile;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the comparison of one entity of one system found: counts, sums and the keys that do not agree. */
final class Finding {
    final String system;
    final String entity;
    final Names names;

    long source;
    long unified;
    long quarantined;
    long inFlight;
    /** Rows that were moved between the shores to find out. */
    long moved;
    /** Keys of which the legacy shore shows a newer version that was refused. */
    long outdated;

    final Sums sourceSums = new Sums();
    final Sums unifiedSums = new Sums();
    final Keys missing = new Keys();
    final Keys extra = new Keys();
    final Keys different = new Keys();
    /** Days of interval blocks on which something differs, or cannot be said yet. */
    final Set<Integer> unsettled = new HashSet<>();

    private static final Key ERASED = Key.of(UnifiedShore.Held.ERASED);

    private final Keys refusals = new Keys();

    Finding(String system, String entity, Names names) {
        this.system = system;
        this.entity = entity;
        this.names = names;
    }

    /** Counts the refused pieces and merges the two shores, all in the order of their keys. */
    void compare(Iterator<Sighting> legacy, Iterator<Sighting> refused, Iterator<Sighting> store, Shelf shelf) {
        while (refused.hasNext()) {
            Key locator = refused.next().key();
            source++;
            refusals.add(locator);
            if (shelf.knows(locator)) {
                quarantined++;
            } else {
                missing.add(locator);
            }
        }
        Sighting here = next(legacy);
        Sighting there = next(store);
        while (here != null || there != null) {
            int order = here == null ? 1 : there == null ? -1 : here.key().compareTo(there.key());
            weigh(order <= 0 ? here : null, order >= 0 ? there : null, shelf);
            here = order <= 0 ? next(legacy) : here;
            there = order >= 0 ? next(store) : there;
        }
    }

    void hold(UnifiedShore.Held record) {
        unified++;
        unifiedSums.plus(record.money(), record.energy());
    }

    /** A day that was not looked at, because it agrees. */
    void agreed(DayBook.Total day) {
        source += day.blocks();
        unified += day.blocks();
        sourceSums.plus(null, day.energy());
        unifiedSums.plus(null, day.energy());
    }

    void missing(String id) {
        add(missing, id);
    }

    void extra(String id) {
        add(extra, id);
    }

    void different(String id) {
        add(different, id);
    }

    private void add(Keys to, String id) {
        Key key = Key.of(id);
        to.add(key);
        names.keep(key, id);
    }

    boolean agrees() {
        return missing.size() == 0 && extra.size() == 0 && different.size() == 0;
    }

    /** Keeps only the differences that an earlier look has seen too; what else differs now is on its way. */
    void confirm(Finding earlier) {
        missing.retain(earlier.missing);
        extra.retain(earlier.extra);
        different.retain(earlier.different);
        leaveOutWhatMoved();
    }

    /** Rows that only one shore has counted and that are no difference: they are on their way. */
    void leaveOutWhatMoved() {
        long more = source - (unified + quarantined + missing.size() - extra.size());
        inFlight += Math.abs(more);
        source -= Math.max(0, more);
        unified += Math.min(0, more);
    }

    private void weigh(@Nullable Sighting here, @Nullable Sighting there, Shelf shelf) {
        if (!agree(here, there, shelf)) {
            Stream.of(here, there).filter(Objects::nonNull).forEach(one -> unsettled.add(one.day()));
        }
    }

    /** False also for what counts on neither shore. */
    private boolean agree(@Nullable Sighting here, @Nullable Sighting there, Shelf shelf) {
        if (here != null && here.young() || there != null && there.young()) {
            inFlight++;
            return false;
        }
        Sighting legacy = here != null && here.alive() ? here : null;
        Sighting store = there != null && there.alive() ? there : null;
        if (legacy != null) {
            source++;
        }
        boolean isErased = there != null && !there.alive() && there.content().equals(ERASED);
        if (legacy != null && (isErased || differ(legacy, store) && shelf.holds(legacy.clue()))) {
            quarantined++;
            return false;
        }
        if (store != null && legacy == null && refusals.contains(store.clue())) {
            outdated++;
            return false;
        }
        if (legacy != null) {
            sourceSums.add(legacy);
        }
        if (store != null) {
            unified++;
            unifiedSums.add(store);
        }
        if (legacy != null && store != null) {
            if (differ(legacy, store)) {
                different.add(legacy.key());
                return false;
            }
        } else if (legacy != null) {
            missing.add(legacy.key());
            return false;
        } else if (store != null) {
            extra.add(store.key());
            return false;
        }
        return true;
    }

    private static boolean differ(Sighting legacy, @Nullable Sighting store) {
        return store == null
                || !legacy.content().equals(store.content())
                || differ(legacy.money(), store.money())
                || differ(legacy.energy(), store.energy());
    }

    private static boolean differ(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one != other : one.compareTo(other) != 0;
    }

    private static @Nullable Sighting next(Iterator<Sighting> from) {
        return from.hasNext() ? from.next() : null;
    }

    /** Exact sums; null as long as nothing was added. */
    static final class Sums {
        @Nullable
        BigDecimal money;

        @Nullable
        BigDecimal energy;

        private void add(Sighting one) {
            plus(one.money(), one.energy());
        }

        void add(Sums other) {
            plus(other.money, other.energy);
        }

        void plus(@Nullable BigDecimal moreMoney, @Nullable BigDecimal moreEnergy) {
            money = sum(money, moreMoney);
            energy = sum(energy, moreEnergy);
        }

        void subtract(@Nullable BigDecimal lessMoney, @Nullable BigDecimal lessEnergy) {
            plus(lessMoney == null ? null : lessMoney.negate(), lessEnergy == null ? null : lessEnergy.negate());
        }

        private static @Nullable BigDecimal sum(@Nullable BigDecimal sum, @Nullable BigDecimal more) {
            return sum == null ? more : more == null ? sum : sum.add(more);
        }
    }
}
