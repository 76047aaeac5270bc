package isthmus.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a night looks at.
 *
 * @param asOf the moment that both shores are compared at
 * @param settle rows that changed in this time before {@code asOf} may be on their way and are left out
 * @param systems the systems to compare; empty for all
 * @param full whether every system is read from its beginning, also those whose database could hash its rows; this sees
 *     changes of personal columns too, which are in no hash
 */
public record NightOptions(Instant asOf, Duration settle, Set<String> systems, boolean full) {

    /** Long enough for everything that is on its way. */
    public static final Duration SETTLE = Duration.ofMinutes(15);

    public NightOptions {
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle must not be negative: " + settle);
        }
        systems = Set.copyOf(systems);
    }

    Instant before() {
        return asOf.minus(settle);
    }
}
