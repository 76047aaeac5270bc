package isthmus.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Checks what Camel would only notice when a route runs, or never: a method, a connection, a switch, a condition. */
final class RouteSteps {
    private static final Map<String, Set<String>> METHODS = Map.of(
            "rows", Set.of("ask", "chunks"),
            "files", Set.of("arrived", "split", "chunks", "archive"),
            "pages", Set.of("begin", "ask", "chunk"));
    private static final Set<String> SWITCHES =
            Set.of("streaming", "stopOnException", "doWhile", "copy", "useHeadersAsParameters", "resetAutoCommit");
    /** Without each of these a driver reads a whole result into memory, or loses it half way. */
    private static final Map<String, String> JDBC = Map.of(
            "outputType", "StreamList",
            "useHeadersAsParameters", "true",
            "resetAutoCommit", "false",
            "statement.fetchSize", "[1-9][0-9]{0,5}");

    private static final String OUTSIDE = "(jdbc|cxf|ftp|ftps|sftp|file):.*";

    private final String system;
    private final Path file;
    private final Problems problems;

    RouteSteps(String system, Path file, Problems problems) {
        this.system = system;
        this.file = file;
        this.problems = problems;
    }

    void check(Node node) {
        if (node instanceof SequenceNode sequence) {
            guarded(sequence.getValue());
            sequence.getValue().forEach(this::check);
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                step(text(tuple.getKeyNode()), tuple.getValueNode());
                check(tuple.getValueNode());
            }
        }
    }

    /** What a legacy system answers with must not steer the hub by its headers. */
    private void guarded(List<Node> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Node to = child(steps.get(i), "to");
            Node uri = child(to, "uri");
            boolean isOutside = to != steps.get(i) && text(uri).matches(OUTSIDE);
            boolean isGuarded = i + 1 < steps.size() && child(steps.get(i + 1), "removeHeaders") != steps.get(i + 1);
            if (isOutside && !isGuarded) {
                add(uri, "headers of an answer stay", "removeHeaders: {pattern: \"*\"} is the next step");
            }
        }
    }

    private void step(String word, Node value) {
        switch (word) {
            case "bean" -> bean(value);
            case "to" -> to(value);
            case "from" -> none(value);
            case "split" -> condition(value, "${body}");
            case "loop" -> condition(value, "${exchangeProperty.more}");
            case "removeHeaders" -> {
                if (!text(child(value, "pattern")).equals("*")) {
                    add(
                            child(value, "pattern"),
                            "headers that stay",
                            "pattern: \"*\": what came must not steer the hub");
                }
                Node except = child(value, "excludePattern");
                if (except != value) {
                    add(except, "headers that stay", "all of them go");
                }
            }
            default -> {
                boolean isSwitch = SWITCHES.contains(word) && !text(value).matches("true|false");
                if (isSwitch) {
                    add(value, word + " is neither true nor false", "write true or false");
                }
            }
        }
    }

    private void bean(Node bean) {
        Node method = child(bean, "method");
        Set<String> methods = METHODS.getOrDefault(text(child(bean, "ref")), Set.of());
        if (!methods.isEmpty() && !methods.contains(text(method))) {
            add(method, "unknown method " + text(method), "one of " + methods);
        }
    }

    private void to(Node to) {
        Node uri = child(to, "uri");
        String text = text(uri);
        if (text.startsWith("jdbc:")) {
            connection(uri, text, "jdbc:" + system);
            Node parameters = child(to, "parameters");
            JDBC.forEach((name, pattern) -> {
                Node value = child(parameters, name);
                if (value == parameters) {
                    add(
                            uri,
                            "the query does not stream: " + name + " is missing",
                            "parameters: " + name + ": " + pattern);
                } else if (!text(value).matches(pattern)) {
                    add(value, "the query does not stream: " + name + " is " + text(value), "write " + pattern);
                }
            });
            known(parameters);
            return;
        }
        none(to);
        if (text.startsWith("cxf:")) {
            connection(uri, text, "cxf:bean:" + system);
        }
    }

    /** A parameter may name a class for Camel to make. */
    private void none(Node endpoint) {
        Node parameters = child(endpoint, "parameters");
        if (parameters != endpoint) {
            add(parameters, "parameters of what has none", "only a query has parameters");
        }
    }

    private void known(Node parameters) {
        if (parameters instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = text(tuple.getKeyNode());
                if (!JDBC.containsKey(name) && !name.equals("uri") && !name.equals("parameters")) {
                    add(tuple.getKeyNode(), "unknown parameter " + name, "known here: " + JDBC.keySet());
                }
            }
        }
    }

    private void connection(Node uri, String text, String own) {
        if (!text.equals(own)) {
            add(uri, "not this system's connection: " + text, "write " + own);
        }
    }

    private void condition(Node step, String wanted) {
        Node expression = child(child(child(step, "expression"), "simple"), "expression");
        if (!text(expression).equals(wanted)) {
            add(
                    expression,
                    "the condition is not " + wanted,
                    "write expression: simple: expression: \"" + wanted + "\"");
        }
    }

    private void add(Node node, String what, String hint) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        problems.add(file.toString(), line, what, hint);
    }

    /** The value under a key, or the node itself, whose line is then the best there is. */
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
