package isthmus.catalog;

import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Looks for secrets that are written out in the files of a folder, and repeats none of them. */
final class WrittenSecrets {
    private static final String HINT = "write ${NAME}, ${file:/…} or ${keystore:name}, and have the secret changed:"
            + " whoever has read the file knows it";
    private static final long LARGEST_FILE = 4_000_000;

    private static final Pattern NAME = Pattern.compile(".*(password|passwd|pwd|secret|token|passphrase|credentials?"
            + "|(api|access|private|secret|hmac|signing|encryption|master)key)");
    /** Names of elements in an answer, which the transports ask for. */
    private static final Set<String> NO_SECRETS = Set.of("nextpagetoken", "pagetoken");

    private static final Set<String> PUBLIC_KEYS = Set.of("hostkey", "publickey");
    /** A key without an adjective is one when it looks like one: {@code hmac: {key: …}}. */
    private static final Pattern RANDOM =
            Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/_-]{22,}={0,2}|[0-9a-f]{32,}");

    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "|true|false|null|[0-9]{1,3}|\\$\\{(file:|keystore:)?[^:}]+(:-?)?}|(RAW\\()?\\{\\{[^}]+}}\\)?");

    private static final Pattern IN_AN_ADDRESS =
            Pattern.compile("(?i)[a-z][a-z0-9+:.-]*://[^/\\s:@\"'${]+:[^/\\s@\"'${]+@.*"
                    + "|jdbc:oracle:thin:[^/@$]+/[^@$]+@.*"
                    + "|.*\\b(password|passwd|pwd|secret|token|passphrase)=(?!RAW\\(\\{\\{|\\{\\{|\\$\\{|[&;]|$)\\S.*");
    private static final Pattern ITSELF = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----|\\bisk_[A-Za-z0-9_-]{20,}|\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}");
    private static final Pattern LINE =
            Pattern.compile("[\"']?([A-Za-z][\\w.-]*)[\"']?\\s*[=:]\\s*(\"[^\"]*\"|'[^']*'|[^\\s,;{}\\[\\]\"']+)");
    private static final Pattern ELEMENT = Pattern.compile("<(?:\\w+:)?(\\w+)[^>]*>([^<{]+)</");

    /** Most files hold none of these, and need not be looked at any closer. */
    private static final Pattern HINTS = Pattern.compile("(?i)pass|pwd|secret|token|credential|key");

    /** What holds the utility's own data: there a name says nothing. */
    private static final Pattern DATA = Pattern.compile(".*\\.(csv|sql|md|wsdl|xsd)|.*/samples/.*");

    private final Path file;
    private final Problems problems;

    private WrittenSecrets(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static void look(Path folder, Problems problems) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (Files.size(file) <= LARGEST_FILE) {
                new WrittenSecrets(file, problems).look();
            }
        }
    }

    /** Whether an address holds a password. */
    static boolean isIn(String address) {
        return IN_AN_ADDRESS.matcher(address).matches();
    }

    private void look() throws IOException {
        // Any charset: what is looked for is ASCII.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean isData = DATA.matcher(file.toString()).matches();
        boolean isYaml = !isData && file.toString().matches(".*\\.ya?ml");
        boolean isNamed = !isData && HINTS.matcher(text).find();
        boolean isAddressed = text.contains("://") || text.contains("jdbc:");
        if (isYaml && (isNamed || isAddressed)) {
            Node root = Section.compose(file.toString(), text.replaceAll("[^\\x00-\\x7f]", "x"), new Problems());
            if (root != null) {
                walk(root, "a value");
            }
        }
        boolean isItself = ITSELF.matcher(text).find();
        if (!isItself && (isYaml || !(isNamed || isAddressed))) {
            return;
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isItself && ITSELF.matcher(line).find()) {
                add(i + 1, "a private key, an API key or a token is written out");
            }
            if (!isYaml) {
                plain(line, i + 1, isData);
            }
        }
    }

    private void plain(String line, int number, boolean isData) {
        Matcher pair = LINE.matcher(line);
        while (!isData && pair.find()) {
            value(pair.group(1), pair.group(2).replaceAll("^[\"']|[\"']$", ""), number);
        }
        Matcher element = ELEMENT.matcher(line);
        while (!isData && element.find()) {
            value(element.group(1), element.group(2).strip(), number);
        }
        for (String word : line.split("[\\s\"'<>()]+")) {
            if ((word.contains("://") || word.startsWith("jdbc:")) && isIn(word)) {
                add(number, "an address holds a password");
            }
        }
    }

    private void walk(Node node, String under) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : under;
                Node value = tuple.getValueNode();
                if (value instanceof ScalarNode scalar) {
                    value(name, scalar.getValue(), line(tuple.getKeyNode()));
                } else {
                    walk(value, name);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    value(under, scalar.getValue(), line(item));
                } else {
                    walk(item, under);
                }
            }
        }
    }

    private void value(String name, String value, int line) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String text = value.strip();
        if (SAYS_NOTHING.matcher(text).matches()) {
            return;
        }
        boolean isNamed = NAME.matcher(plain).matches() && !NO_SECRETS.contains(plain);
        boolean isKey = plain.endsWith("key")
                && !PUBLIC_KEYS.contains(plain)
                && RANDOM.matcher(text).matches();
        if (isNamed || isKey) {
            add(line, name + " is written out");
        } else if (isIn(text)) {
            add(line, name + " holds a password");
        }
    }

    private void add(int line, String what) {
        problems.add(file.toString(), line, what + " (" + Reason.SECRET_CLEAR.code() + ")", HINT);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
