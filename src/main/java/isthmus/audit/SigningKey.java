package isthmus.audit;

import isthmus.audit.proof.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the heads are signed with: an Ed25519 key in a file that only its owner can read, made where there is none. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z]+) KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END");
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * The key in the file.
     *
     * @throws IllegalArgumentException where it holds none, others may read it, or none can be made
     */
    public static SigningKey at(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException("cannot have a key in " + file + ": " + fault, fault);
        }
    }

    Head sign(long size, Instant at, byte[] root) {
        return Head.signed(size, at, root, pair.getPrivate(), pair.getPublic());
    }

    /** Its name, by which people know the public one. */
    public String name() {
        return Head.name(pair.getPublic().getEncoded());
    }

    private static SigningKey read(Path file) throws IOException, GeneralSecurityException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(permissions)) {
            throw new IllegalArgumentException(file + " is " + PosixFilePermissions.toString(permissions)
                    + ", and only its owner may read the key of the audit: chmod 0400 " + file);
        }
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        KeyPair pair = new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(block(file, "PUBLIC"))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(block(file, "PRIVATE"))));
        SigningKey key = new SigningKey(pair);
        if (!key.sign(0, Instant.EPOCH, new byte[0]).isGenuine()) {
            throw new IllegalArgumentException("the two keys in " + file + " do not belong together");
        }
        return key;
    }

    private static byte[] block(Path file, String kind) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (block.find()) {
            if (block.group(1).equals(kind)) {
                return Base64.getMimeDecoder().decode(block.group(2));
            }
        }
        throw new IllegalArgumentException(file + " holds no " + kind + " KEY");
    }

    /** Of two hubs that begin at once one makes it, and never is there half of one. */
    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        String text = armoured("PRIVATE", pair.getPrivate().getEncoded())
                + armoured("PUBLIC", pair.getPublic().getEncoded());
        try (SeekableByteChannel out = Files.newByteChannel(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.OWNER_READ)))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException other) {
            // That one counts.
        } finally {
            Files.delete(draft);
        }
    }

    private static String armoured(String kind, byte[] key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getEncoder().encodeToString(key) + "\n-----END " + kind
                + " KEY-----\n";
    }
}
