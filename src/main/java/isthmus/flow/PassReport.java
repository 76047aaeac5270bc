package isthmus.flow;

import isthmus.store.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one pass over the systems did.
 *
 * @param systems per system and entity the balance's five counts
 * @param problems one sentence per pull that failed or run that does not balance; empty when green
 */
public record PassReport(Map<String, Map<String, Tally>> systems, List<String> problems) {

    public boolean green() {
        return problems.isEmpty();
    }

    /** This pass and a later one, counted together. */
    public PassReport plus(PassReport later) {
        Map<String, Map<String, Tally>> sum = new LinkedHashMap<>();
        for (PassReport pass : List.of(this, later)) {
            pass.systems.forEach((system, tallies) -> tallies.forEach((entity, tally) ->
                    sum.computeIfAbsent(system, name -> new TreeMap<>()).merge(entity, tally, Tally::plus)));
        }
        List<String> all = new ArrayList<>(problems);
        all.addAll(later.problems);
        return new PassReport(sum, all);
    }
}
