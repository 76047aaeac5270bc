package isthmus.audit.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files of the audit, by their names: {@code audit.jsonl} the log, {@code heads.jsonl} its heads, {@code *.pem} the public keys
 * of those who may sign.
 */
public final class Evidence {
    public static final String LOG = "audit.jsonl";
    public static final String HEADS = "heads.jsonl";
    private static final String PEM = ".pem";

    private final List<Path> logs = new ArrayList<>();
    private final List<Head> heads = new ArrayList<>();
    private final List<Finding> torn = new ArrayList<>();
    private final Set<String> keys = new TreeSet<>();

    private Evidence() {}

    /** Of folders, and of single files; a folder that is not there has nothing. */
    public static Evidence of(List<Path> places) throws IOException {
        Evidence evidence = new Evidence();
        for (Path place : places) {
            for (Path file : files(place)) {
                evidence.read(file);
            }
        }
        return evidence;
    }

    /** The file of a public key's name. */
    public static String pem(byte[] key) {
        return "key-" + Head.name(key) + PEM;
    }

    /** What that file says. */
    public static String armoured(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The exported log, where there is one. */
    public Optional<Path> log() {
        return logs.isEmpty() ? Optional.empty() : Optional.of(logs.get(0));
    }

    /** Begins to look through a log; what other heads and keys are known counts too. */
    public Inspection inspection(List<Head> moreHeads, Set<String> moreKeys) {
        List<Head> all = new ArrayList<>(heads);
        all.addAll(moreHeads);
        Set<String> known = new TreeSet<>(keys);
        known.addAll(moreKeys);
        return new Inspection(all, known);
    }

    /** Lines of files of heads that are none. */
    public List<Finding> torn() {
        return List.copyOf(torn);
    }

    /** Looks through the exported log alone. */
    public Inspection.Report inspect() throws IOException {
        if (logs.size() != 1) {
            throw new IOException(logs.isEmpty() ? "there is no " + LOG : "more than one " + LOG + ": " + logs);
        }
        Inspection inspection = inspection(List.of(), Set.of());
        lines(logs.get(0), inspection::take);
        return inspection.end();
    }

    private interface Line {
        void read(String text);
    }

    private void read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(PEM)) {
            keys.add(Head.name(key(file)));
        } else if (name.equals(HEADS)) {
            lines(file, line -> {
                try {
                    heads.add(Head.read(line));
                } catch (IllegalArgumentException unreadable) {
                    torn.add(new Finding(
                            Finding.Kind.FORGED, 0, "a line of " + file + " is no head: " + unreadable.getMessage()));
                }
            });
        } else if (name.equals(LOG)) {
            logs.add(file);
        }
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return Files.exists(place) ? List.of(place) : List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    private static byte[] key(Path pem) throws IOException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII);
        try {
            return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException noKey) {
            throw new IOException(pem + " holds no key", noKey);
        }
    }

    /** Bytes that are no UTF-8 become what they are not, and so do not have their hash. */
    private static void lines(Path file, Line each) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.read(line);
            }
        }
    }
}
