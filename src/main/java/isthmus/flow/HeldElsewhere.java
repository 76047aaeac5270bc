package isthmus.flow;

import isthmus.store.Leases.Standing;
import java.util.Optional;

/** A command wants to pull a system that a living hub pulls already; nothing was done. */
public final class HeldElsewhere extends RuntimeException {
    HeldElsewhere(String system, Optional<Standing> lease) {
        super("System " + system + " is pulled by another hub"
                + lease.map(standing -> ": " + standing.holder() + ", since " + standing.since())
                        .orElse("")
                + ". It pulls by itself, so there may be nothing to do; else stop it, and ask again.");
    }
}
