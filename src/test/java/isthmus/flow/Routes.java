package isthmus.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;

/** Copies of routes/ for tests that change a line, and what arrives at the end of a route. */
final class Routes {
    private Routes() {}

    /** A folder with one system, in whose system.yaml one text is replaced. */
    static Path with(String system, String text, String replacement) throws IOException {
        Path routes = Files.createTempDirectory("isthmus-routes");
        copy(Path.of("routes", system), routes.resolve(system));
        Path card = routes.resolve(system).resolve("system.yaml");
        Files.writeString(card, Files.readString(card).replace(text, replacement));
        return routes;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Notes the headers of every message that comes to the intake. */
    static List<Map<String, Object>> headersAtIntake(CamelContext context) throws Exception {
        List<Map<String, Object>> seen = new ArrayList<>();
        AdviceWith.adviceWith(
                context,
                "intake",
                intake -> intake.weaveAddFirst()
                        .process(exchange ->
                                seen.add(new HashMap<>(exchange.getMessage().getHeaders()))));
        return seen;
    }
}
