package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * One system as its folder said it at one moment; what is saved there afterwards is another edition.
 *
 * @param routes the text of each route, by its file
 */
record Edition(LegacySystem system, Map<Path, String> routes) {

    static Edition of(LegacySystem system) {
        Map<Path, String> routes = new LinkedHashMap<>();
        for (Pull pull : system.pulls()) {
            Path file = system.folder().resolve(pull.name() + ".camel.yaml");
            try {
                routes.put(file, Files.readString(file));
            } catch (IOException fault) {
                throw new UncheckedIOException("cannot read " + file, fault);
            }
        }
        return new Edition(system, routes);
    }

    static List<Edition> all(Catalog catalog) {
        return catalog.systems().stream().map(Edition::of).toList();
    }

    String name() {
        return system.name();
    }

    boolean has(String pull) {
        return system.pulls().stream().anyMatch(each -> each.name().equals(pull));
    }

    /** The ids of the routes, one a pull. */
    List<String> routeIds() {
        return system.pulls().stream().map(pull -> name() + "." + pull.name()).toList();
    }

    List<Resource> resources() {
        return routes.entrySet().stream()
                .map(route -> ResourceHelper.fromString(route.getKey().toString(), route.getValue()))
                .toList();
    }
}
