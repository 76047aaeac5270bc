package isthmus.flow;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.MappingSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a system's folder says now, while everything else goes on; what is not well is told and not taken in, and
 * what ran before runs on.
 */
public final class Reload {
    private final Editions editions;
    private final Vetting vetting;
    private final Crossing crossing;
    private final Audit audit;
    private final Duration patience;
    private final Consumer<String> taken;

    /**
     * @param patience how long a pull under way may take to its next chunk
     * @param taken is told each system that was exchanged, begun or ended
     */
    Reload(
            Editions editions,
            Vetting vetting,
            Crossing crossing,
            Audit audit,
            Duration patience,
            Consumer<String> taken) {
        this.editions = editions;
        this.vetting = vetting;
        this.crossing = crossing;
        this.audit = audit;
        this.patience = patience;
        this.taken = taken;
    }

    /** What became of the routes. */
    public enum Outcome {
        /** The system is new here. */
        STARTED,
        /** The new routes have taken the place of the old ones. */
        SWAPPED,
        /** The folder is gone, and so are the routes. */
        STOPPED,
        /** The old routes go on; the faults say why. */
        REFUSED,
        /** A pull under way has not come to its next chunk in time; the old routes go on. */
        BUSY,
        /** Neither the hub nor routes/ knows such a system. */
        UNKNOWN
    }

    /** @param before null where the mapping is new, {@code after} null where it is gone */
    public record Mapping(
            String entity,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * What was done.
     *
     * @param routes the ids of the routes that run now
     * @param mappings the versions of those that changed
     * @param faults each {@code file:line: reason: hint} where there is a place
     */
    public record Answer(
            String system, Outcome outcome, List<String> routes, List<Mapping> mappings, List<String> faults) {}

    /**
     * Takes in one system: exchanged when its folder changed, begun when it is new, ended when it is gone.
     *
     * @param by who asked for it and why, for the audit
     */
    public synchronized Answer of(String system, By by) {
        Edition former = editions.of(system).orElse(null);
        if (former == null && !vetting.isThere(system)) {
            return answer(system, Outcome.UNKNOWN, List.of(), List.of());
        }
        try {
            Edition next = vetting.isThere(system) ? vetting.vet(system, editions.org()) : null;
            Outcome outcome = next == null ? Outcome.STOPPED : former == null ? Outcome.STARTED : Outcome.SWAPPED;
            List<Mapping> mappings = mappings(former, next);
            // Loading a route is running code: it is written down before.
            audit.write(List.of(by.did("routes." + word(outcome), system, words(mappings))));
            try {
                crossing.exchange(system, next, patience, () -> inForce(system, next));
            } catch (Exception kept) {
                audit.write(List.of(by.did("routes.kept", system, "the old ones go on")));
                throw kept;
            }
            taken.accept(system);
            return answer(system, outcome, mappings, List.of());
        } catch (ConfigurationFault wrong) {
            return answer(system, Outcome.REFUSED, List.of(), wrong.faults());
        } catch (Landing.StillPulling busy) {
            return answer(system, Outcome.BUSY, List.of(), List.of(String.valueOf(busy.getMessage())));
        } catch (Exception fault) {
            return answer(system, Outcome.REFUSED, List.of(), List.of(plain(system, fault)));
        }
    }

    /** Every fault of the settings in config/, which a hub reads only when it is started. */
    public List<String> settings() {
        return vetting.settings();
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String named(@Nullable String version) {
        return version == null ? "none" : version;
    }

    private static String words(List<Mapping> mappings) {
        return mappings.isEmpty()
                ? "no mapping has changed"
                : mappings.stream()
                        .map(each -> each.entity() + " " + named(each.before()) + " to " + named(each.after()))
                        .collect(Collectors.joining(", "));
    }

    private void inForce(String system, @Nullable Edition next) {
        if (next == null) {
            editions.drop(system);
        } else {
            editions.take(next);
        }
    }

    private Answer answer(String system, Outcome outcome, List<Mapping> mappings, List<String> faults) {
        List<String> routes = editions.of(system).map(Edition::routeIds).orElse(List.of());
        return new Answer(system, outcome, routes, mappings, faults);
    }

    private static String plain(String system, Exception fault) {
        StringBuilder text = new StringBuilder(system + ": the routes do not start: " + fault);
        for (Throwable worse : fault.getSuppressed()) {
            text.append("; and neither do the old ones: ").append(worse);
        }
        return text.toString();
    }

    private static List<Mapping> mappings(@Nullable Edition former, @Nullable Edition next) {
        List<MappingSpec> before = former == null ? List.of() : former.system().mappings();
        List<MappingSpec> after = next == null ? List.of() : next.system().mappings();
        List<Mapping> changed = new ArrayList<>();
        for (MappingSpec now : after) {
            MappingSpec then = same(before, now);
            if (!now.equals(then)) {
                changed.add(new Mapping(now.entity(), then == null ? null : then.version(), now.version()));
            }
        }
        for (MappingSpec then : before) {
            if (same(after, then) == null) {
                changed.add(new Mapping(then.entity(), then.version(), null));
            }
        }
        return changed;
    }

    private static @Nullable MappingSpec same(List<MappingSpec> among, MappingSpec wanted) {
        return among.stream()
                .filter(mapping -> mapping.entity().equals(wanted.entity())
                        && mapping.pull().equals(wanted.pull()))
                .findFirst()
                .orElse(null);
    }
}
