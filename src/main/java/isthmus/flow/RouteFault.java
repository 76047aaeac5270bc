package isthmus.flow;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;

/** Says why a route does not start, with its file and, as near as Camel tells it, its line. */
final class RouteFault {
    private RouteFault() {}

    static String text(Edition edition, Throwable thrown) {
        String id = null;
        Throwable root = thrown;
        for (Throwable fault = thrown; fault != null; fault = fault.getCause()) {
            if (fault instanceof FailedToCreateRouteException created) {
                id = created.getRouteId();
            } else if (fault instanceof FailedToStartRouteException started) {
                id = started.getRouteId();
            }
            root = fault;
        }
        String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        System.err.println("DEBUG " + thrown + " // " + root);
        String file = file(edition, id);
        return file + ": the route does not start: " + root.getClass().getSimpleName() + ": " + why;
    }

    private static String file(Edition edition, @Nullable String id) {
        return edition.name() + id;
    }
}
