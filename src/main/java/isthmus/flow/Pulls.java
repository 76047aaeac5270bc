package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.model.Position;
import isthmus.source.Extraction;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one pull now, in the caller's thread. This is the one error policy: when the world fails, the whole pull is run again
 * from its committed position, with a growing pause; as long as the position rises, the patience begins anew.
 */
final class Pulls {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

    private final Crossing crossing;
    private final ProducerTemplate template;
    private final Backoff backoff;
    private final Clock clock;
    private final Agreement agreement;

    Pulls(Crossing crossing, ProducerTemplate template, Backoff backoff, Clock clock, Agreement agreement) {
        this.crossing = crossing;
        this.template = template;
        this.backoff = backoff;
        this.clock = clock;
        this.agreement = agreement;
    }

    /**
     * Runs a pull until it is whole or given up; never throws for what the legacy system does. A pull that is not, or no more,
     * in routes/ brings nothing.
     */
    public PullReport run(String system, String pull, long run) {
        return run(system, pull, run, pieces -> {});
    }

    /**
     * The same with somebody looking on.
     *
     * @param progress is told the pieces of each chunk as it is committed
     */
    public PullReport run(String system, String pull, long run, LongConsumer progress) {
        Landing landing = crossing.landing(system);
        Edition edition = landing.edition();
        if (edition == null || !edition.has(pull)) {
            return new PullReport(system, pull, 0, 0, 0, null);
        }
        LegacySystem legacy = edition.system();
        OffsetDateTime start = OffsetDateTime.now(clock.withZone(legacy.zone()));
        Haul haul = new Haul(new Extraction(legacy, legacy.pull(pull), run, start), landing, progress, agreement);
        int attempts = 0;
        int fruitless = 0;
        while (true) {
            attempts++;
            @Nullable Position before = haul.reached();
            @Nullable Failure failure = attempt(landing, haul);
            if (failure == null) {
                return report(haul, attempts, null);
            }
            fruitless = Objects.equals(before, haul.reached()) ? fruitless + 1 : 1;
            if (!failure.isWorthRetrying() || fruitless > backoff.retries() || !backoff.pause(fruitless)) {
                return report(haul, attempts, failure);
            }
            LOG.warn(
                    "pull {}.{} tried again: {} {}",
                    system,
                    pull,
                    failure.reason().code(),
                    failure.text());
        }
    }

    private static PullReport report(Haul haul, int attempts, @Nullable Failure failure) {
        String system = haul.extraction().system().name();
        String pull = haul.extraction().pull().name();
        return new PullReport(system, pull, haul.chunks(), haul.pieces(), attempts, failure);
    }

    /** An attempt that breaks off for an exchange of the routes goes on with the new ones, and is still the same attempt. */
    private @Nullable Failure attempt(Landing landing, Haul haul) {
        while (true) {
            Edition edition = landing.enter();
            try {
                if (edition == null || !haul.goesOnWith(edition)) {
                    return null;
                }
                Exception thrown = carry(haul);
                if (thrown == null || Enough.isIn(thrown)) {
                    return null;
                }
                if (!Landing.BreakOff.isBehind(thrown)) {
                    LOG.debug("attempt at {} failed", haul.door(), thrown);
                    return Failure.of(thrown);
                }
            } finally {
                landing.leave();
            }
        }
    }

    private @Nullable Exception carry(Haul haul) {
        LegacySystem system = haul.extraction().system();
        try {
            Whereabouts.check(system.name(), system.connection());
            agreement.check(haul.extraction());
        } catch (RuntimeException broken) {
            return broken;
        }
        return template.send("direct:" + haul.door(), haul::travelWith).getException();
    }
}
