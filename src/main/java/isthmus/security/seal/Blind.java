package isthmus.security.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Stands for values that may not be written down where something is looked up by them: the first bytes of an HMAC under a key
 * of its own, so that nobody without it can try values out. Safe for many threads.
 */
public final class Blind {
    /** For where nothing is sealed: under a key that everybody knows, so that whoever wants to can try values out. */
    static final Blind NONE = new Blind(Profile.INTL, "AA==");

    private final ThreadLocal<Mac> mac;

    /** @param hmacKey base64, the key of the fingerprints, from which its own is derived */
    public Blind(Profile profile, String hmacKey) {
        byte[] key = profile.mac(Base64.getDecoder().decode(hmacKey.strip()))
                .doFinal("isthmus blind index".getBytes(StandardCharsets.US_ASCII));
        this.mac = ThreadLocal.withInitial(() -> profile.mac(key));
    }

    /**
     * Stands for a value in an index; of two values hardly ever the same.
     *
     * @param kind what it is, {@code phone} for example: the same text of another kind is something else
     */
    public long token(String kind, String value) {
        return ByteBuffer.wrap(of(kind, value)).getLong();
    }

    private byte[] of(String kind, String value) {
        return mac.get().doFinal((kind + ":" + value).getBytes(StandardCharsets.UTF_8));
    }
}
