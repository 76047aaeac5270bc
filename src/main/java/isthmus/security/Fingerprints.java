package isthmus.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed fingerprints of personal content (HMAC-SHA-256, RFC 2104), so that nobody without the key can try values out.
 * Safe for many threads; each keeps one prepared Mac.
 */
public final class Fingerprints {
    /** The key of {@link #nobodys}, as a setting would say it. */
    public static final String NOBODYS = Base64.getEncoder()
            .encodeToString("isthmus-demo-hmac-key-not-for-production".getBytes(StandardCharsets.US_ASCII));

    private static final String VERSION = "h1";
    private static final int LEAST_KEY = 32;
    private static final int IDENTIFIER_BYTES = 16;

    private final ThreadLocal<Mac> mac;

    /** Takes the key as base64 of at least 32 bytes; an unusable one is refused without being repeated. */
    public Fingerprints(String base64Key) {
        byte[] bytes = decoded(base64Key);
        if (bytes.length < LEAST_KEY) {
            throw new IllegalArgumentException("the HMAC key is shorter than " + LEAST_KEY + " bytes");
        }
        SecretKeySpec key = new SecretKeySpec(bytes, "HmacSHA256");
        this.mac = ThreadLocal.withInitial(() -> prepared(key));
    }

    /** With a key that everybody knows: for samples, and for looking; never for what is kept. */
    public static Fingerprints nobodys() {
        return new Fingerprints(NOBODYS);
    }

    private static byte[] decoded(String base64Key) {
        try {
            return Base64.getDecoder().decode(base64Key.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("the HMAC key is not base64");
        }
    }

    private static Mac prepared(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code hmac:h1:} and the lower-case hex fingerprint of a record's canonical bytes. */
    public String contentHash(byte[] canonical) {
        return "hmac:" + VERSION + ":" + HexFormat.of().formatHex(mac.get().doFinal(canonical));
    }

    /** {@code h1:} and 22 characters that stand for an identity number, which is already in its normal form. */
    public String identifier(String type, String number) {
        byte[] full = mac.get().doFinal((type + ":" + number).getBytes(StandardCharsets.UTF_8));
        byte[] half = Arrays.copyOf(full, IDENTIFIER_BYTES);
        return VERSION + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    }

    /** A key of 32 bytes for something else, from which this one cannot be found; the words say for what. */
    public byte[] derived(String... words) {
        // No identity number and no record has a NUL, so that no fingerprint is ever such a key.
        return mac.get().doFinal(("isthmus\0" + String.join("\0", words)).getBytes(StandardCharsets.UTF_8));
    }
}
