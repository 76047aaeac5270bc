package isthmus.flow;

import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pull that stops for too many refusals leaves to look at: the refused pieces of the chunk that was too much. */
final class Evidence {
    private Evidence() {}

    /** One chunk for each entity that refused any; they move no position and bring no facts. */
    static List<Normalized> of(Normalized normalized) {
        List<Normalized> evidence = new ArrayList<>();
        normalized.outcomes().forEach((entity, outcomes) -> {
            List<Piece> pieces = new ArrayList<>();
            List<Outcome> refusals = new ArrayList<>();
            for (int at = 0; at < outcomes.size(); at++) {
                if (outcomes.get(at) instanceof Outcome.Rejected refusal) {
                    pieces.add(normalized.chunk().pieces().get(at));
                    refusals.add(refusal);
                }
            }
            if (!pieces.isEmpty()) {
                Chunk chunk = chunk(normalized.chunk(), entity, pieces);
                evidence.add(new Normalized(chunk, Map.of(entity, refusals), normalized.mappings()));
            }
        });
        return evidence;
    }

    private static Chunk chunk(Chunk whole, String entity, List<Piece> pieces) {
        return new Chunk(
                whole.system(),
                whole.pull(),
                List.of(entity),
                whole.run(),
                whole.layout(),
                pieces,
                whole.origin(),
                null,
                null);
    }
}
