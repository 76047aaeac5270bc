package isthmus.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;

/** What was stored, as metrics: records by system, entity and outcome, refusals by reason. */
final class Counts {
    static final Counts NOWHERE = new Counts(new CompositeMeterRegistry());

    private final MeterRegistry meters;

    Counts(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(String system, List<EntityPart> parts) {
        for (EntityPart part : parts) {
            Tally tally = part.tally();
            add(system, part.entity, "applied", tally.applied());
            add(system, part.entity, "unchanged", tally.unchanged());
            add(system, part.entity, "stale", tally.stale());
            add(system, part.entity, "quarantined", tally.quarantined());
            part.refused()
                    .forEach(refused -> meters.counter(
                                    "isthmus.quarantined",
                                    "system",
                                    system,
                                    "entity",
                                    part.entity,
                                    "reason",
                                    refused.why().reason().code())
                            .increment());
        }
    }

    private void add(String system, String entity, String outcome, long n) {
        if (n > 0) {
            meters.counter("isthmus.records", "system", system, "entity", entity, "outcome", outcome)
                    .increment(n);
        }
    }
}
