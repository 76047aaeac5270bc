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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all systems, and when all were seen once more at those that do not agree; a system that fails stops no other. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Look look;
    private final Map<String, List<Finding>> findings = new LinkedHashMap<>();
    private final List<NightReport.Away> away = new ArrayList<>();

    Watch(Look look) {
        this.look = look;
    }

    void compare(List<LegacySystem> systems) {
        systems.forEach(system -> attempt(system, () -> look.at(system, Map.of())));
        for (LegacySystem system : systems) {
            List<Finding> first = findings.get(system.name());
            if (first != null && !first.stream().allMatch(Finding::agrees)) {
                attempt(system, () -> confirmed(system, first));
            }
        }
    }

    boolean agrees() {
        return away.isEmpty() && lines().stream().allMatch(NightReport.Line::agrees);
    }

    List<NightReport.Line> lines() {
        return findings.values().stream().flatMap(List::stream).map(Watch::line).toList();
    }

    List<NightReport.Away> away() {
        return List.copyOf(away);
    }

    private void attempt(LegacySystem system, Supplier<List<Finding>> looking) {
        try {
            findings.put(system.name(), looking.get());
        } catch (StoreFault fault) {
            throw fault;
        } catch (RuntimeException fault) {
            LOG.warn("{} was not compared", system.name(), fault);
            findings.remove(system.name());
            away.add(new NightReport.Away(system.name(), "not compared: " + why(fault)));
        }
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
