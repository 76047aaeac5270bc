package isthmus.demo.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Passwords made up once for a data directory and kept in it, readable by its owner only. */
public final class Secrets {
    private static final int BYTES = 16;

    private final Path file;
    private final Properties known = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    public static Secrets in(Path dir) throws IOException {
        var secrets = new Secrets(dir.resolve("secrets.properties"));
        if (Files.exists(secrets.file)) {
            try (var reader = Files.newBufferedReader(secrets.file)) {
                secrets.known.load(reader);
            }
        }
        return secrets;
    }

    /** The secret of that name: 22 characters of the URL-safe alphabet, the same for ever; never begins with a dash. */
    public synchronized String of(String name) throws IOException {
        String secret = known.getProperty(name);
        if (secret == null) {
            secret = random();
            known.setProperty(name, secret);
            save();
        }
        return secret;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return text.startsWith("-") ? random() : text;
    }

    private void save() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            known.store(writer, null);
        }
    }
}
