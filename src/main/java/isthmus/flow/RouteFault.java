package isthmus.flow;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems.Fault;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;

/** Says why a system's routes do not start, with the file and line that Camel names, or those of the connection. */
final class RouteFault {
    private static final Pattern LINE = Pattern.compile("\\(source: [^)]*:([0-9]+)\\)");

    private RouteFault() {}

    static String text(Edition edition, Throwable thrown) {
        Fault route = null;
        Throwable root = thrown;
        for (Throwable fault = thrown; fault != null; fault = fault.getCause()) {
            String id = routeOf(fault);
            if (id != null) {
                route = new Fault(file(edition, id), line(fault), "the route does not start", "");
            }
            root = fault;
        }
        if (root instanceof ConfigurationFault told) {
            return String.join("\n  ", told.faults());
        }
        String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        Fault at = route == null ? connection(edition) : route;
        return new Fault(at.file(), at.line(), at.reason(), root.getClass().getSimpleName() + ": " + why).toString();
    }

    private static @Nullable String routeOf(Throwable fault) {
        if (fault instanceof FailedToCreateRouteException created) {
            return created.getRouteId();
        }
        return fault instanceof FailedToStartRouteException started ? started.getRouteId() : null;
    }

    private static String file(Edition edition, String id) {
        String pull = id.substring(id.indexOf('.') + 1);
        return edition.system().folder().resolve(pull + ".camel.yaml").toString();
    }

    private static int line(Throwable fault) {
        Matcher line = LINE.matcher(String.valueOf(fault.getMessage()));
        return line.find() ? Integer.parseInt(line.group(1)) : 1;
    }

    private static Fault connection(Edition edition) {
        Path card = edition.system().folder().resolve("system.yaml");
        int line = CatalogReader.lines(card).entrySet().stream()
                .filter(key -> key.getKey().startsWith("connection."))
                .map(java.util.Map.Entry::getValue)
                .min(Integer::compare)
                .orElse(1);
        return new Fault(card.toString(), line, "the connection does not open", "");
    }
}
