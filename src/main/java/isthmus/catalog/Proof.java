package isthmus.catalog;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** What a connection says about the server's identity: who must prove it how, and who may do without. */
final class Proof {
    private static final String CERTIFICATE = "certificate";
    private static final String INSECURE = "insecure";

    private Proof() {}

    /** Makes a pinned certificate, a fingerprint or PEM, its bare SHA-256; clear text must be asked for. */
    static void check(Section section, Transport transport, Map<String, String> connection) {
        String certificate = connection.getOrDefault(CERTIFICATE, "");
        if (!certificate.isEmpty() && !certificate.contains("${")) {
            connection.put(CERTIFICATE, fingerprint(section, certificate));
        }
        String insecure = connection.getOrDefault(INSECURE, "false");
        if (!insecure.matches("true|false")) {
            section.problem(INSECURE, INSECURE + " is neither true nor false: " + insecure, "write true or false");
        } else if (transport == Transport.FTP && !insecure.equals("true")) {
            section.problem(
                    INSECURE,
                    "transport ftp shows the password and every record to whoever listens",
                    "use ftps or sftp; if that cannot be, write insecure: true");
        }
    }

    private static String fingerprint(Section section, String text) {
        String hex = text.replaceFirst("(?i)^sha-?256[:=]", "").replace(":", "").toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{64}")) {
            return hex;
        }
        try {
            var pem = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (CertificateException | NoSuchAlgorithmException fault) {
            String hint = "sha256: and 64 hexadecimal digits (openssl x509 -fingerprint -sha256), or the PEM itself";
            section.problem(CERTIFICATE, "certificate is neither a fingerprint nor PEM", hint);
            return "";
        }
    }
}
