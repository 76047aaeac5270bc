package isthmus.serve.lineage;

import isthmus.model.Urn;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A service point's ids in several silos: its number is the same in each. */
final class Points {
    private static final int PARTS = 6;
    private static final int ORG = 2;
    private static final int SILO = 3;
    private static final int ENTITY = 4;
    private static final int KEY = 5;

    private Points() {}

    /** The ids that points of one silo may have in others, and their own. */
    static List<String> inEach(Set<String> silos, Collection<String> points) {
        Set<String> all = new LinkedHashSet<>(points);
        for (String point : points) {
            String[] parts = point.split(":", PARTS);
            if (parts.length == PARTS) {
                silos.forEach(silo -> all.add(Urn.prefix(parts[ORG], silo, parts[ENTITY]) + parts[KEY]));
            }
        }
        return List.copyOf(all);
    }

    /** The entity that an id names; empty when it is no id of ours. */
    static String entity(String id) {
        String[] parts = id.split(":", PARTS);
        return parts.length == PARTS ? parts[ENTITY] : "";
    }

    static String silo(String id) {
        String[] parts = id.split(":", PARTS);
        return parts.length == PARTS ? parts[SILO] : "";
    }
}
