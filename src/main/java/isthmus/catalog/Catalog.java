package isthmus.catalog;

import java.util.List;

/**
 * Everything that routes/ and config/ say, checked as a whole.
 *
 * @param org the utility, part of every id
 */
public record Catalog(String org, List<LegacySystem> systems) {

    public LegacySystem system(String name) {
        return systems.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no system " + name));
    }
}
