package isthmus.reconcile;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** A way to compare both shores of a pull without reading everything. */
interface Shortcut {

    /**
     * One finding an entity; empty where this is no way for the pull, which has to be read instead.
     *
     * @param names as in {@link Look#at}
     */
    Optional<List<Finding>> at(LegacySystem system, Pull pull, Map<String, Names> names);

    /** All there are. */
    static List<Shortcut> all(
            LegacyShore legacy,
            UnifiedShore unified,
            DataSource store,
            Function<Chunk, Normalized> normalizer,
            Instant before) {
        return List.of(
                new PushedLook(legacy, unified, store, normalizer, before),
                new DayLook(legacy, store, normalizer, before));
    }
}
