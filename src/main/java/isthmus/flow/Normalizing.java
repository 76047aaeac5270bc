package isthmus.flow;

import isthmus.model.Chunk;
import isthmus.model.Normalized;

/** Says a chunk in the one language; safe to call from several threads. */
@FunctionalInterface
interface Normalizing {
    Normalized normalize(Chunk chunk);
}
