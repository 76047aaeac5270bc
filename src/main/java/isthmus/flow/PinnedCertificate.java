package isthmus.flow;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts one certificate, by the SHA-256 of its bytes, whoever signed it and whatever name or date it bears. */
final class PinnedCertificate extends X509ExtendedTrustManager {
    private final String sha256;
    private volatile @Nullable String refused;

    /** The server shows another certificate. */
    static final class Another extends CertificateException {
        private Another(String shown) {
            super("another certificate than the pinned one: " + shown);
        }
    }

    /** @param sha256 in lower-case hexadecimal digits */
    PinnedCertificate(String sha256) {
        this.sha256 = sha256;
    }

    /** The SHA-256 of the certificate that was refused last, if one was. */
    @Nullable
    String refused() {
        return refused;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        String shown = sha256(chain[0]);
        if (!shown.equals(sha256)) {
            refused = shown;
            throw new Another(shown);
        }
    }

    private static String sha256(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("nobody is a client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw new CertificateException("nobody is a client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        throw new CertificateException("nobody is a client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
