package isthmus.chaos;

import java.util.Random;

/** Where chance comes from ({@code -Dchaos.seed=}), and what is said of what was done with it. */
final class Seeds {
    private static final long SEED = Long.getLong("chaos.seed", 20261121L);

    private Seeds() {}

    /** The run's seed, printed, so that the same moments can be played again. */
    static Random of(String family) {
        System.out.println(family + ": -Dchaos.seed=" + SEED);
        return new Random(SEED * 31 + family.hashCode());
    }

    /** A fault comes at its own moment, whatever the hub does: chance is what is played here, nothing is waited for. */
    static void aMoment(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /** Counts the faults that a test has played. */
    static void tell(String family, int faults, String what) {
        System.out.printf("played %-4s %4d  %s, -Dchaos.seed=%d%n", family, faults, what, SEED);
    }
}
