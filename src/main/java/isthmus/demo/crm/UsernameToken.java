package isthmus.demo.crm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** WS-Security UsernameToken Profile 1.0 as it came over the wire. */
record UsernameToken(String user, String password, String nonce, String created) {
    /** PasswordDigest: Base64(SHA-1(nonce + created + password)). */
    boolean digests(String secret) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(Base64.getDecoder().decode(nonce));
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            sha1.update(secret.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(sha1.digest(), Base64.getDecoder().decode(password));
        } catch (IllegalArgumentException notBase64) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
