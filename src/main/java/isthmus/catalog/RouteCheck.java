package isthmus.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Checks a pull's {@code <pull>.camel.yaml} before Camel sees it. A route is code: only known steps, components and beans
 * may stand in it, it begins at the pull's own door and ends at the one intake.
 */
final class RouteCheck {
    private static final String INTAKE = "direct:intake";
    /** None that reads or writes a file, which is the beans' matter in folders that are named, or logs what it is given. */
    private static final Set<String> COMPONENTS = new TreeSet<>(List.of("cxf", "direct", "jdbc"));

    private static final Set<String> BEANS = new TreeSet<>(List.of("files", "pages", "rows"));
    private static final Set<String> WORDS = new TreeSet<>(List.of("""
            route id description from uri parameters steps to bean ref method
            removeHeaders pattern excludePattern setBody setProperty setHeader name
            split loop doWhile copy streaming stopOnException filter choice when otherwise stop
            expression simple constant exchangeProperty unmarshal marshal json
            log message loggingLevel logName""".split("\\s+")));
    /** What Camel would evaluate, or fill in from the environment. */
    private static final Pattern EVALUATES = Pattern.compile("\\$(?:simple)?\\{([^}]*)|\\{\\{");
    /** Dots would lead on into methods of what is there. */
    private static final Pattern HARMLESS = Pattern.compile("body|routeId|exchangeId|exchangeProperty\\.[A-Za-z]+");

    private final String system;
    private final Pull pull;
    private final Path file;
    private final Problems problems;
    private final List<String> targets = new ArrayList<>();

    RouteCheck(String system, Pull pull, Path folder, Problems problems) {
        this.system = system;
        this.pull = pull;
        this.file = folder.resolve(pull.name() + ".camel.yaml");
        this.problems = problems;
    }

    void check() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        int before = problems.faults().size();
        String text = Section.text(file, problems);
        Node root = text == null ? null : Section.compose(file.toString(), text, problems);
        if (root instanceof SequenceNode routes && routes.getValue().size() == 1) {
            checkRoute(routes.getValue().get(0));
        } else if (problems.faults().size() == before) {
            problems.add(file.toString(), 1, "not one route", "write `- route:` once");
        }
    }

    private void checkRoute(Node root) {
        String door = system + "." + pull.name();
        Node route = child(root, "route");
        if (!text(child(route, "id")).equals(door)) {
            add(route, "the route's id is not " + door, "id: " + door);
        }
        Node from = child(route, "from");
        if (!text(child(from, "uri")).equals("direct:" + door)) {
            add(from, "the route does not begin at direct:" + door, "from: uri: direct:" + door);
        }
        walk(root, "", child(from, "uri"));
        new RouteSteps(system, file, problems).check(root);
        long intakes = targets.stream().filter(INTAKE::equals).count();
        if (intakes != 1 || !targets.get(targets.size() - 1).equals(INTAKE)) {
            add(route, "the route does not end at " + INTAKE, "its last `to` is " + INTAKE + ", and the only one");
        }
    }

    private void walk(Node node, String under, Node door) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = text(tuple.getKeyNode());
                if (!WORDS.contains(key)) {
                    add(tuple.getKeyNode(), "not allowed in a route: " + key, "known: " + WORDS);
                }
                if (!key.equals("parameters")) {
                    walk(tuple.getValueNode(), key, door);
                }
                if (key.equals("to") && tuple.getValueNode() instanceof ScalarNode) {
                    add(tuple.getKeyNode(), "the short form of `to`", "write to: {uri: …}");
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> walk(item, under, door));
        } else if (node instanceof ScalarNode) {
            checkScalar(node, under, node == door);
        }
    }

    private void checkScalar(Node node, String key, boolean isDoor) {
        String value = text(node);
        boolean reachesOut = EVALUATES
                .matcher(value)
                .results()
                .anyMatch(found -> found.group(1) == null
                        || !HARMLESS.matcher(found.group(1)).matches());
        if (reachesOut) {
            add(node, "an expression that reaches out: " + value, "only ${body}, ${exchangeProperty.…} and the like");
        }
        if (key.equals("message") && value.contains("{body}")) {
            add(node, "records in the log", "a message says what is done, and of whom nothing");
        }
        if (key.equals("uri")) {
            checkUri(node, value, isDoor);
        }
        if (key.equals("ref") && !BEANS.contains(value)) {
            add(node, "unknown bean " + value, "one of " + BEANS);
        }
    }

    private void checkUri(Node node, String uri, boolean isDoor) {
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (!COMPONENTS.contains(scheme)) {
            add(node, "component not allowed: " + scheme, "one of " + COMPONENTS);
        }
        if (uri.contains("?") || uri.contains("#")) {
            add(node, "options in a uri: " + uri, "a query's stand under parameters, nothing else has any");
        }
        // Back at its own door a route would run for ever.
        if (scheme.equals("direct") && !isDoor && !uri.equals(INTAKE)) {
            add(node, "unknown target " + uri, "the only one is " + INTAKE);
        }
        if (!isDoor) {
            targets.add(uri);
        }
    }

    private void add(Node node, String what, String hint) {
        problems.add(
                file.toString(),
                node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                what,
                hint);
    }

    private static Node child(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (text(tuple.getKeyNode()).equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return node;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
