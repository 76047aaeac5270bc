package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all systems, and when all were seen once more at those that do not agree; a system that fails stops no other. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Look look;
    private final Notes notes;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    /** What was seen of one system: its entities, or why it was not compared. */
    record Seen(List<NightReport.Line> lines, NightReport.@Nullable Away away) {
        private static final Seen NOTHING = new Seen(List.of(), null);
    }

    /** What an earlier attempt at the same night has seen, and where to note what is seen now. */
    interface Notes {
        /** For whoever looks once. */
        Notes NONE = new Notes() {};

        /** Null when the system is still to be looked at. */
        default @Nullable Seen seen(String system) {
            return null;
        }

        /** A system is about to be looked at. */
        default void looking(String system) {}

        /** Nothing more is looked at in this system; one that was away is not settled. */
        default void settled(String system, Seen seen) {}
    }

    Watch(Look look) {
        this(look, Notes.NONE);
    }

    Watch(Look look, Notes notes) {
        this.look = look;
        this.notes = notes;
    }

    void compare(List<LegacySystem> systems) {
        Map<LegacySystem, List<Finding>> doubtful = new LinkedHashMap<>();
        for (LegacySystem system : systems) {
            Seen earlier = notes.seen(system.name());
            seen.put(system.name(), earlier == null ? Seen.NOTHING : earlier);
            if (earlier == null) {
                List<Finding> first = attempt(system, () -> look.at(system, Map.of()));
                if (first != null && first.stream().allMatch(Finding::agrees)) {
                    settle(system, first);
                } else if (first != null) {
                    doubtful.put(system, first);
                }
            }
        }
        doubtful.forEach((system, first) -> {
            List<Finding> second = attempt(system, () -> confirmed(system, first));
            if (second != null) {
                settle(system, second);
            }
        });
    }

    boolean agrees() {
        return away().isEmpty() && lines().stream().allMatch(NightReport.Line::agrees);
    }

    /** In the order of the systems. */
    List<NightReport.Line> lines() {
        return seen.values().stream().flatMap(one -> one.lines().stream()).toList();
    }

    List<NightReport.Away> away() {
        return seen.values().stream()
                .flatMap(one -> Stream.ofNullable(one.away()))
                .toList();
    }

    /** Null when it failed. */
    private @Nullable List<Finding> attempt(LegacySystem system, Supplier<List<Finding>> looking) {
        notes.looking(system.name());
        try {
            return looking.get();
        } catch (StoreFault fault) {
            throw fault;
        } catch (RuntimeException fault) {
            LOG.warn("{} was not compared", system.name(), fault);
            // Not noted: a night that is taken up looks whether the system is there again.
            seen.put(
                    system.name(),
                    new Seen(List.of(), new NightReport.Away(system.name(), "not compared: " + why(fault))));
            return null;
        }
    }

    private void settle(LegacySystem system, List<Finding> findings) {
        Seen what = new Seen(findings.stream().map(Watch::line).toList(), null);
        seen.put(system.name(), what);
        notes.settled(system.name(), what);
    }

    private List<Finding> confirmed(LegacySystem system, List<Finding> first) {
        Map<String, Names> names = first.stream().collect(Collectors.toMap(finding -> finding.entity, Watch::namesOf));
        List<Finding> second = look.at(system, names);
        for (int i = 0; i < second.size(); i++) {
            second.get(i).confirm(first.get(i));
        }
        return second;
    }

    private static Names namesOf(Finding finding) {
        Names names = new Names();
        names.want(finding.missing, Night.NAMED);
        names.want(finding.extra, Night.NAMED);
        names.want(finding.different, Night.NAMED);
        return names;
    }

    private static NightReport.Line line(Finding finding) {
        return new NightReport.Line(
                finding.system,
                finding.entity,
                finding.source,
                finding.unified,
                finding.quarantined,
                finding.inFlight,
                finding.outdated,
                new NightReport.Sum(finding.sourceSums.money, finding.unifiedSums.money),
                new NightReport.Sum(finding.sourceSums.energy, finding.unifiedSums.energy),
                breaks(finding.missing, finding.names),
                breaks(finding.extra, finding.names),
                breaks(finding.different, finding.names),
                finding.moved);
    }

    private static NightReport.Breaks breaks(Keys keys, Names names) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < keys.size() && named.size() < Night.NAMED; i++) {
            String name = names.of(keys.at(i));
            if (name != null) {
                named.add(name);
            }
        }
        named.sort(null);
        return new NightReport.Breaks(keys.size(), named);
    }

    /** The first cause; its text only where it speaks of the world, since any other might quote a record. */
    private static String why(Throwable fault) {
        Throwable first = fault;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        String kind = first.getClass().getSimpleName();
        return first instanceof IOException || first instanceof SQLException ? kind + ": " + first.getMessage() : kind;
    }
}
