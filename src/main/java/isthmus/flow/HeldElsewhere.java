package isthmus.flow;

import isthmus.store.Leases.Standing;
import java.util.List;

/** A command wants to pull a system that a living hub pulls already. */
public final class HeldElsewhere extends RuntimeException {
    HeldElsewhere(String system, List<Standing> leases) {
        super("System " + system + " is pulled by another hub" + holder(system, leases)
                + ". Let it work, or stop it first.");
    }

    private static String holder(String system, List<Standing> leases) {
        return leases.stream()
                .filter(standing -> standing.name().equals(system))
                .map(standing -> ": " + standing.holder() + ", since " + standing.since())
                .findFirst()
                .orElse("");
    }
}
