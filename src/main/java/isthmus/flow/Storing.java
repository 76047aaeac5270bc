package isthmus.flow;

import isthmus.model.Normalized;

/** Commits a chunk with its position in one transaction, or throws and leaves everything as it was. */
@FunctionalInterface
interface Storing {
    void commit(Normalized chunk);
}
