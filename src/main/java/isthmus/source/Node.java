package isthmus.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element, attribute, member or item of a record: its name, its text, and what is inside it. */
final class Node {
    private final String name;
    private final List<Node> inside = new ArrayList<>();
    private @Nullable String text;
    private int from;
    private int to;

    Node(String name) {
        this.name = name;
    }

    String name() {
        return name.startsWith("@") ? name.substring(1) : name;
    }

    void add(Node node) {
        inside.add(node);
    }

    /** Where it lies in its record's own text. */
    void lies(int first, int end) {
        from = first;
        to = end;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    void say(@Nullable String said) {
        text = said;
    }

    @Nullable
    String text() {
        return text;
    }

    boolean isLeaf() {
        return inside.stream().allMatch(node -> node.name.startsWith("@"));
    }

    /** Everything that lies at a path below this node, in order; {@code *} is any name. */
    List<Node> at(String[] path) {
        List<Node> found = List.of(this);
        for (String step : path) {
            List<Node> next = new ArrayList<>();
            for (Node node : found) {
                for (Node candidate : node.inside) {
                    if (step.equals("*") || candidate.name.equals(step)) {
                        next.add(candidate);
                    }
                }
            }
            found = next;
        }
        return found;
    }
}
