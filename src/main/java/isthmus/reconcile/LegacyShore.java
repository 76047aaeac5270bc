package isthmus.reconcile;

import isthmus.model.Chunk;
import java.util.function.Consumer;

/**
 * Reads again, from its beginning, everything that a pull can still show, through the same readers as the pull itself:
 * the query without a cursor, the archived files in order of their data date, the full paged list. Moves no cursor and
 * touches no ledger. A system that does not answer is an exception.
 */
@FunctionalInterface
public interface LegacyShore {

    void everything(String system, String pull, Consumer<Chunk> chunks);
}
