package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.LegacySystem;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The edition of each system that is in force, with its mappings compiled; exchanged one system at a time. */
final class Editions {
    private final String org;
    private final Fingerprints fingerprints;
    private final Clock clock;
    private volatile SortedMap<String, Bound> all = Collections.emptySortedMap();

    private record Bound(Edition edition, Normalizer normalizer) {}

    /** Compiles every mapping; throws {@link ConfigurationFault} with what is missing in any system. */
    Editions(Catalog catalog, Fingerprints fingerprints, Clock clock) {
        this.org = catalog.org();
        this.fingerprints = fingerprints;
        this.clock = clock;
        List<String> faults = new ArrayList<>();
        for (Edition edition : Edition.all(catalog)) {
            try {
                take(edition);
            } catch (ConfigurationFault fault) {
                faults.addAll(fault.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(faults);
        }
    }

    String org() {
        return org;
    }

    /** What routes/ and config/ say as of now. */
    Catalog catalog() {
        return new Catalog(org, current().stream().map(Edition::system).toList());
    }

    List<Edition> current() {
        return all.values().stream().map(Bound::edition).toList();
    }

    Optional<Edition> of(String system) {
        return Optional.ofNullable(all.get(system)).map(Bound::edition);
    }

    Optional<LegacySystem> system(String name) {
        return of(name).map(Edition::system);
    }

    /** Says a chunk by the mappings of its system that are in force. */
    Normalized normalize(Chunk chunk) {
        Bound bound = all.get(chunk.system());
        if (bound == null) {
            throw new IllegalArgumentException("no system " + chunk.system());
        }
        return bound.normalizer().normalize(chunk);
    }

    /** From now on this edition is the one in force. */
    synchronized void take(Edition edition) {
        Normalizer normalizer = Normalizer.compile(new Catalog(org, List.of(edition.system())), fingerprints, clock);
        SortedMap<String, Bound> next = new TreeMap<>(all);
        next.put(edition.name(), new Bound(edition, normalizer));
        all = next;
    }

    /** From now on there is no such system. */
    synchronized void drop(String system) {
        SortedMap<String, Bound> next = new TreeMap<>(all);
        next.remove(system);
        all = next;
    }
}
