package isthmus.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Where chance comes from ({@code -Dchaos.seed=}), and the table of what was done with it. */
final class Seeds {
    private static final List<String> DONE = new ArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Seeds::print));
    }

    private Seeds() {}

    /** The run's seed, printed, so that the same moments can be played again. */
    static Random of(String family) {
        long seed = Long.getLong("chaos.seed", 20261121L);
        System.out.println(family + ": -Dchaos.seed=" + seed);
        return new Random(seed * 31 + family.hashCode());
    }

    /** A fault comes at its own moment, whatever the hub does: chance is what is played here, nothing is waited for. */
    static void aMoment(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    static void tell(String family, int faults, String what) {
        DONE.add("%-4s %4d  %s".formatted(family, faults, what));
    }

    private static void print() {
        System.out.println("faults played, -Dchaos.seed=" + Long.getLong("chaos.seed", 20261121L));
        DONE.forEach(System.out::println);
    }
}
