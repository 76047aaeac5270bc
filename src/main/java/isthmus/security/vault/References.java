package isthmus.security.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${file:/run/secrets/name}} and {@code ${keystore:name}} stand for, in routes/ and in config/ alike; any other
 * name is left to the environment. Nothing is remembered: whoever asks again gets what is there now.
 */
public final class References {
    private static final String FILE = "file:";
    private static final String KEYSTORE = "keystore:";
    private static final int LONGEST = 65_536;

    private final Vault vault;
    private final Consumer<String> warnings;
    private final Set<Path> warned = ConcurrentHashMap.newKeySet();

    /** @param warnings told once of each file that others on this machine may read */
    public References(Vault vault, Consumer<String> warnings) {
        this.vault = vault;
        this.warnings = warnings;
    }

    /** Whether a name in {@code ${…}} is looked up here. */
    public static boolean isOne(String name) {
        return name.startsWith(FILE) || name.startsWith(KEYSTORE);
    }

    /** The environment, and what it does not know by a plain name. */
    public Function<String, @Nullable String> beside(Function<String, @Nullable String> environment) {
        return name -> isOne(name) ? value(name) : environment.apply(name);
    }

    /** A text that is one reference and nothing else, resolved; any other text as it is. */
    public String resolved(String text) {
        String name = text.startsWith("${") && text.endsWith("}") ? text.substring(2, text.length() - 1) : "";
        return isOne(name) ? value(name) : text;
    }

    /**
     * The secret.
     *
     * @throws IllegalArgumentException saying what is missing, and never what is there
     */
    public String value(String name) {
        String value =
                name.startsWith(FILE) ? file(name.substring(FILE.length())) : kept(name.substring(KEYSTORE.length()));
        if (value.contains("${")) {
            throw new IllegalArgumentException(name + " holds ${, which nobody can tell from a reference");
        }
        return value;
    }

    private String kept(String name) {
        String value = vault.value(name);
        if (value == null) {
            throw new IllegalArgumentException("the keystore holds no secret " + name);
        }
        return value;
    }

    private String file(String name) {
        Path file = Path.of(name);
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("file " + name + " is not named from the root on");
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("file " + name + " is not there");
            }
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException("file " + name + " is longer than a secret");
            }
            if (isOpen(file) && warned.add(file)) {
                warnings.accept(file + " holds a secret and may be read by everybody on this machine: chmod 0400");
            }
            // Editors end a file with a line end, which no secret has.
            String value = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
            if (value.isEmpty()) {
                throw new IllegalArgumentException("file " + name + " is empty");
            }
            return value;
        } catch (IOException fault) {
            throw new IllegalArgumentException("file " + name + " cannot be read by the hub", fault);
        }
    }

    static boolean isOpen(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
