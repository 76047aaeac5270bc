package isthmus.catalog;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML file that knows its file and lines, remembers which keys were asked for, and reports faults into
 * {@link Problems} instead of throwing. Scalars are text; typing is the caller's.
 */
public final class Section {
    private final String file;
    private final int line;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Problems problems;

    private Section(String file, @Nullable Node node, int line, Problems problems) {
        this.file = file;
        this.line = line;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                lines.put(key, lineOf(tuple.getKeyNode()));
                if (entries.put(key, tuple.getValueNode()) != null) {
                    problem(key, "key twice: " + key, "keep one");
                }
            }
        } else if (node != null) {
            problems.add(file, line, "not a mapping", "write `name: value` lines here");
        }
    }

    /** Reads a file; what is no text of UTF-8 is a fault of it like any other. */
    static Section read(Path file, Problems problems) throws IOException {
        String text = text(file, problems);
        return text == null ? nothing(file.toString()) : read(file.toString(), text, problems);
    }

    /** The text of a file of the configuration, or null. */
    static @Nullable String text(Path file, Problems problems) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException fault) {
            problems.add(file.toString(), 0, "not UTF-8", "save the file in UTF-8");
            return null;
        }
    }

    /** Reads a file's text; YAML faults go to the problems and give an empty section. */
    public static Section read(String name, String text, Problems problems) {
        int before = problems.faults().size();
        Node root = compose(name, text, problems);
        if (root == null && problems.faults().size() == before) {
            problems.add(name, 1, "an empty file", "write `name: value` lines");
        }
        return new Section(name, root, 1, problems);
    }

    /** A file that could not be read, which was told already. */
    static Section nothing(String name) {
        return new Section(name, null, 0, new Problems());
    }

    /** The root of a YAML file, or null when it holds nothing or is not YAML; the latter goes to the problems. */
    static @Nullable Node compose(String name, String text, Problems problems) {
        try {
            var settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(true)
                    .setLabel(name)
                    .build();
            return PlainYaml.isPlain(settings, text, name, problems)
                    ? new Compose(settings).composeString(text).orElse(null)
                    : null;
        } catch (MarkedYamlEngineException fault) {
            problems.add(name, Unclosed.line(text, fault), "not YAML", String.valueOf(fault.getProblem()));
        } catch (YamlEngineException fault) {
            problems.add(name, 0, "not YAML", String.valueOf(fault.getMessage()));
        }
        return null;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int line(String key) {
        return lines.getOrDefault(key, line);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public void problem(String key, String what, String hint) {
        problems.add(file, line(key), what, hint);
    }

    /** The text under a key, or null when it is absent, null or not a scalar (the last is a fault). */
    public @Nullable String text(String key) {
        asked.add(key);
        Node node = entries.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            boolean isNull = scalar.isPlain()
                    && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
            return isNull ? null : scalar.getValue();
        }
        problem(key, key + " is not a single value", "write one value");
        return null;
    }

    public String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    /** The text under a key that must be there; a missing one is a fault and gives an empty text. */
    public String required(String key, String hint) {
        String value = text(key);
        if (value == null) {
            problem(key, "missing " + key, hint);
            return "";
        }
        return value;
    }

    /** The texts of a list (a single scalar counts as a list of one). */
    public List<String> texts(String key) {
        asked.add(key);
        List<String> out = new ArrayList<>();
        Node node = entries.get(key);
        if (node instanceof ScalarNode scalar) {
            out.add(scalar.getValue());
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    out.add(scalar.getValue());
                } else {
                    problems.add(file, lineOf(item), key + " holds more than plain values", "list plain values");
                }
            }
        } else if (node != null) {
            problem(key, key + " is not a list", "write [a, b]");
        }
        return out;
    }

    /** The mapping under a key; empty when absent. */
    public Section section(String key) {
        asked.add(key);
        return new Section(file, entries.get(key), line(key), problems);
    }

    /** The mappings of a list. */
    public List<Section> sections(String key) {
        asked.add(key);
        List<Section> out = new ArrayList<>();
        Node node = entries.get(key);
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                out.add(new Section(file, item, lineOf(item), problems));
            }
        } else if (node != null) {
            problem(key, key + " is not a list", "write a list of mappings");
        }
        return out;
    }

    /** True when the value under a key is a mapping, and not a scalar or a list. */
    public boolean isSection(String key) {
        return entries.get(key) instanceof MappingNode;
    }

    /** The same for a section that cannot be read any further. */
    void rejectUnknown(List<String> known) {
        asked.addAll(known);
        rejectUnknown();
    }

    /** Reports every key that nobody asked for: a dead key is a fault. */
    public void rejectUnknown() {
        for (String key : entries.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "unknown field " + key, "known here: " + String.join(", ", asked));
            }
        }
    }
}
