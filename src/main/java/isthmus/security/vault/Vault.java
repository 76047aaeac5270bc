package isthmus.security.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secrets by name in a PKCS#12 file (RFC 7292), each under AES-256, which nobody but its owner may read. Every deed opens
 * the file, and replaces it whole or not at all.
 */
public final class Vault {
    /** What a secret may be called. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private static final String FORMER = "~former";
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 20;
    private static final int PASSWORD_BYTES = 32;

    private final Path file;
    private final Path key;
    private final @Nullable String password;

    private Vault(Path file, Path key, @Nullable String password) {
        this.file = file;
        this.key = key;
        this.password = password;
    }

    /**
     * The keystore of a hub.
     *
     * @param home what its files are beside of, unless they are named from the root on
     * @param settings {@code isthmus.secrets.store}, {@code .key} and {@code .password}; null where nothing is said
     */
    public static Vault of(Path home, Function<String, @Nullable String> settings) {
        String store = settings.apply("isthmus.secrets.store");
        String key = settings.apply("isthmus.secrets.key");
        String password = settings.apply("isthmus.secrets.password");
        return new Vault(
                home.resolve(isSaid(store) ? store : "data/secrets.p12"),
                home.resolve(isSaid(key) ? key : "data/secrets.key"),
                isSaid(password) ? password : null);
    }

    /**
     * What is known of a secret without telling it.
     *
     * @param since when it was set
     * @param hasFormer whether the one before it is kept, to go back to
     */
    public record Held(String name, Instant since, boolean hasFormer) {}

    /** The secret of a name; null when there is none. */
    public @Nullable String value(String name) {
        return Files.exists(file) ? text(open(), name) : null;
    }

    /** Every secret, by name. */
    public List<Held> all() {
        List<Held> held = new ArrayList<>();
        if (Files.exists(file)) {
            KeyStore keys = open();
            attempt(() -> {
                for (String name : new TreeSet<>(Collections.list(keys.aliases()))) {
                    if (!name.endsWith(FORMER)) {
                        Instant since = keys.getCreationDate(name).toInstant();
                        held.add(new Held(name, since, keys.containsAlias(name + FORMER)));
                    }
                }
                return held;
            });
        }
        return held;
    }

    /** Keeps a secret; one of that name, and its former one, are gone then. */
    public void set(String name, String value) {
        change(name, value, null);
    }

    /** Keeps another secret under a name and the one before it beside it; false when there is none of that name. */
    public boolean rotate(String name, String value) {
        String before = value(name);
        if (before != null) {
            change(name, value, before);
        }
        return before != null;
    }

    /** Puts the former secret back and forgets the one that came after it; false when none is kept. */
    public boolean undo(String name) {
        String former = value(name + FORMER);
        if (former != null) {
            change(name, former, null);
        }
        return former != null;
    }

    /** Forgets the former secret; false when none is kept. */
    public boolean settle(String name) {
        return forget(name + FORMER);
    }

    /** Forgets a secret and its former one; false when there is none of that name. */
    public boolean drop(String name) {
        settle(name);
        return forget(name);
    }

    /** Where the secrets are. */
    public Path file() {
        return file;
    }

    private void change(String name, String value, @Nullable String former) {
        KeyStore keys = Files.exists(file)
                ? open()
                : attempt(() -> {
                    KeyStore fresh = KeyStore.getInstance("PKCS12");
                    fresh.load(null, password(true));
                    return fresh;
                });
        attempt(() -> {
            keys.deleteEntry(name + FORMER);
            put(keys, name, value);
            if (former != null) {
                put(keys, name + FORMER, former);
            }
            return keys;
        });
        save(keys);
    }

    private boolean forget(String alias) {
        KeyStore keys = Files.exists(file) ? open() : null;
        if (keys == null || text(keys, alias) == null) {
            return false;
        }
        attempt(() -> {
            keys.deleteEntry(alias);
            return keys;
        });
        save(keys);
        return true;
    }

    private void put(KeyStore keys, String alias, String value) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        var protection =
                new KeyStore.PasswordProtection(password(false), CIPHER, new PBEParameterSpec(salt, ITERATIONS));
        // The format keeps keys; a secret of any length passes for one.
        var entry = new KeyStore.SecretKeyEntry(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "AES"));
        keys.setEntry(alias, entry, protection);
    }

    private @Nullable String text(KeyStore keys, String alias) {
        try {
            return keys.getKey(alias, password(false)) instanceof SecretKey kept
                    ? new String(kept.getEncoded(), StandardCharsets.UTF_8)
                    : null;
        } catch (GeneralSecurityException fault) {
            throw new IllegalArgumentException("secret " + alias + " does not open with the keystore's password");
        }
    }

    private KeyStore open() {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password(false));
            return keys;
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException("the keystore " + file + " does not open with its password");
        }
    }

    private void save(KeyStore keys) {
        try {
            Path fresh = Files.createTempFile(parent(file), "secrets", ".p12", only("rw-------"));
            try (OutputStream out = Files.newOutputStream(fresh)) {
                attempt(() -> {
                    keys.store(out, password(false));
                    return keys;
                });
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            throw new UncheckedIOException("the keystore " + file + " cannot be written", fault);
        }
    }

    /** Given by the environment, or kept in a file of its own, which is made with the first secret. */
    private char[] password(boolean mayBeMade) {
        if (password != null) {
            return password.toCharArray();
        }
        try {
            if (!Files.exists(key) && mayBeMade) {
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                parent(key);
                Files.createFile(key, only("rw-------"));
                Files.writeString(key, Base64.getEncoder().encodeToString(random));
                Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
            }
            if (References.isOpen(key)) {
                throw new IllegalArgumentException(
                        key + " opens every secret and may be read by everybody: chmod 0400");
            }
            return Files.readString(key).strip().toCharArray();
        } catch (IOException fault) {
            throw new IllegalArgumentException(
                    "the password of the keystore " + file + " is neither in ISTHMUS_SECRETS_PASSWORD nor in " + key);
        }
    }

    private static Path parent(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder of " + file);
        }
        return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, only("rwx------"));
    }

    private static FileAttribute<?> only(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    private static boolean isSaid(@Nullable String setting) {
        return setting != null && !setting.isBlank();
    }

    /** What the format's methods throw says nothing to a person. */
    private interface Deed<T> {
        T done() throws GeneralSecurityException, IOException;
    }

    private static <T> T attempt(Deed<T> deed) {
        try {
            return deed.done();
        } catch (GeneralSecurityException | IOException fault) {
            throw new IllegalStateException("the JDK does not keep secrets in PKCS#12", fault);
        }
    }
}
