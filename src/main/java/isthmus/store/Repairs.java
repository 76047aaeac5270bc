package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Sequence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets what a source shows now win over what is stored, though its version says that it is not newer: a row that was
 * changed behind its change time, or that came back. Any later version of the source still beats it.
 */
final class Repairs {
    private Repairs() {}

    /** @param asOf the head of the change log before the source was read; what another run stored behind it is not raised over */
    static Normalized raised(Connection connection, Normalized normalized, long asOf) throws SQLException {
        Map<String, List<Outcome>> raised = new LinkedHashMap<>();
        for (Map.Entry<String, List<Outcome>> part : normalized.outcomes().entrySet()) {
            raised.put(
                    part.getKey(),
                    BlockMerge.governs(part.getKey())
                            ? part.getValue()
                            : raised(
                                    connection,
                                    part.getKey(),
                                    part.getValue(),
                                    normalized.chunk().run(),
                                    asOf));
        }
        return new Normalized(normalized.chunk(), raised, normalized.mappings());
    }

    private static List<Outcome> raised(
            Connection connection, String entity, List<Outcome> outcomes, long run, long asOf) throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Accepted accepted) {
                ids.add(accepted.fact().id());
            }
        }
        Map<String, Held> held = StoredRecords.read(connection, entity, ids);
        held.keySet().removeAll(StoredRecords.behind(connection, entity, ids, asOf, run));
        List<Outcome> raised = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Accepted accepted) {
                Held standing = held.get(accepted.fact().id());
                raised.add(standing == null ? outcome : new Outcome.Accepted(over(standing, accepted.fact(), run)));
            } else {
                raised.add(outcome);
            }
        }
        return raised;
    }

    private static Fact over(Held held, Fact fact, long run) {
        boolean isNewer = fact.sequence().compareTo(held.sequence()) > 0;
        boolean isSame = fact.contentHash().equals(held.contentHash());
        return isNewer || isSame ? fact : fact.at(Sequence.repaired(held.sequence(), run));
    }
}
