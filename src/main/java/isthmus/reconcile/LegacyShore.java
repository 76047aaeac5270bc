package isthmus.reconcile;

import isthmus.model.Chunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads again, from its beginning, everything that a pull can still show, through the same readers as the pull itself:
 * the query without a cursor, the archived files in order of their data date, the full paged list. Moves no cursor and
 * touches no ledger. A system that does not answer is an exception.
 */
@FunctionalInterface
public interface LegacyShore {

    void everything(String system, String pull, Consumer<Chunk> chunks);

    /** Where what is read may be sorted on disk. It holds personal data, so it is to be a place that is swept. */
    default Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** The system's database, where it is one that may be asked to hash its own rows. */
    default Optional<DataSource> database(String system) {
        return Optional.empty();
    }

    /** The files of a pull that were put away, each by a name that no other content has; empty where there are none. */
    default List<String> files(String system, String pull) {
        return List.of();
    }

    /** Reads some of these files as {@link #everything} does; each chunk comes with the name of its file. */
    default void files(String system, String pull, Set<String> names, BiConsumer<String, Chunk> chunks) {
        throw new UnsupportedOperationException(system + "." + pull + " has no files");
    }

    /**
     * The pieces of some native keys, parts joined by {@code /}; others may come with them, where a system cannot be asked
     * for its keys.
     */
    default void some(String system, String pull, Set<String> keys, Consumer<Chunk> chunks) {
        everything(system, pull, chunks);
    }
}
