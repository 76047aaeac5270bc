package isthmus.demo.server;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate that signs itself, made once for a data directory and kept in it with its key. */
record SelfSigned(Path store, String password, String fingerprint) {
    private static final String ALIAS = "island";
    private static final int PATIENCE_SECONDS = 60;

    /** Java makes a certificate by its keytool only; the password goes there by the environment, not by the command. */
    static SelfSigned in(Path dir, Secrets secrets) throws IOException {
        Path store = dir.toAbsolutePath().resolve("ftps.p12");
        String password = secrets.of("ftps-store");
        if (Files.notExists(store)) {
            ProcessBuilder keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            "3650",
                            "-dname",
                            "CN=metering island",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass:env",
                            "STORE"))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD);
            keytool.environment().put("STORE", password);
            run(keytool);
        }
        return new SelfSigned(store, password, fingerprint(store, password));
    }

    private static void run(ProcessBuilder keytool) throws IOException {
        Process process = keytool.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool makes no certificate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a certificate is made", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String fingerprint(Path store, String password) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            byte[] bytes = keys.getCertificate(ALIAS).getEncoded();
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + store + " cannot be read", e);
        }
    }
}
