package isthmus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.NullUnmarked;

/** A certificate for 127.0.0.1 that signs itself, made by the JDK's keytool in a folder of a test. */
@NullUnmarked
public final class Certificate {
    private static final String ALIAS = "it";

    private final Path folder;
    private final String password = new java.math.BigInteger(130, new SecureRandom()).toString(36);
    private final KeyStore keys;

    private Certificate(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "2",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass:env",
                "STORE"));
        keytool.environment().put("STORE", password);
        try {
            Process process = keytool.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool makes no certificate");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        this.keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, password.toCharArray());
        }
        Files.writeString(pem(), pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        Key key = keys.getKey(ALIAS, password.toCharArray());
        Files.writeString(key(), pem("PRIVATE KEY", key.getEncoded()));
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    /** @param folder that is there and holds no other one */
    public static Certificate in(Path folder) throws IOException, GeneralSecurityException {
        return new Certificate(Files.createDirectories(folder));
    }

    public Path store() {
        return folder.resolve("it.p12");
    }

    public String password() {
        return password;
    }

    public Path pem() {
        return folder.resolve("it.pem");
    }

    /** The private key in PEM, for its owner alone. */
    public Path key() {
        return folder.resolve("it.key");
    }

    public String fingerprint() throws GeneralSecurityException {
        byte[] bytes = keys.getCertificate(ALIAS).getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** For a server that shows it. */
    public SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
