package isthmus.reconcile;

import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of a chunk the pieces that speak of some records, as a chunk of another run that moves no cursor. */
final class Pieces {
    private final Set<String> ids;
    private final Set<String> locators;
    private final long run;

    Pieces(Set<String> ids, Set<String> locators, long run) {
        this.ids = ids;
        this.locators = locators;
        this.run = run;
    }

    Normalized of(Normalized all) {
        Chunk chunk = all.chunk();
        List<Piece> pieces = new ArrayList<>();
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        all.outcomes().keySet().forEach(entity -> outcomes.put(entity, new ArrayList<>()));
        for (int i = 0; i < chunk.pieces().size(); i++) {
            if (isWanted(all, i)) {
                pieces.add(chunk.pieces().get(i));
                for (Map.Entry<String, List<Outcome>> some : all.outcomes().entrySet()) {
                    outcomes.computeIfAbsent(some.getKey(), entity -> new ArrayList<>())
                            .add(some.getValue().get(i));
                }
            }
        }
        Chunk wanted = new Chunk(
                chunk.system(),
                chunk.pull(),
                chunk.entities(),
                run,
                chunk.layout(),
                pieces,
                chunk.origin(),
                chunk.raw(),
                null,
                chunk.notes());
        return new Normalized(wanted, outcomes, all.mappings());
    }

    private boolean isWanted(Normalized all, int piece) {
        if (locators.contains(all.chunk().pieces().get(piece).locator())) {
            return true;
        }
        for (List<Outcome> some : all.outcomes().values()) {
            if (some.get(piece) instanceof Outcome.Accepted accepted
                    && ids.contains(accepted.fact().id())) {
                return true;
            }
        }
        return false;
    }
}
