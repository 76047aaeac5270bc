package isthmus.security.seal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The key of one person, or of whatever else is sealed by itself; unwrapped when it is first wanted. Safe for many threads. */
final class DataKey {
    /** How a sealed text begins; behind it the number of its key, a colon, and the sealed bytes. */
    static final String MARK = "sealed:";

    /** Stands for a value that is the same as the first sealed one of the object that it stands in; a name is often said twice. */
    static final byte[] SAME = "\"sealed:=\"".getBytes(StandardCharsets.US_ASCII);

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final long no;
    private final Profile profile;
    private final Supplier<SecretKey> wrapped;
    private final @Nullable Instant erased;
    private volatile @Nullable SecretKey key;

    /**
     * @param no by which what it has sealed names it
     * @param wrapped unwraps it; not asked for one that was destroyed
     * @param erased when it was destroyed; null while it is there
     */
    DataKey(long no, Profile profile, Supplier<SecretKey> wrapped, @Nullable Instant erased) {
        this.no = no;
        this.profile = profile;
        this.wrapped = wrapped;
        this.erased = erased;
    }

    long no() {
        return no;
    }

    @Nullable
    Instant erased() {
        return erased;
    }

    private SecretKey key() {
        SecretKey known = key;
        if (known == null) {
            known = wrapped.get();
            key = known;
        }
        return known;
    }

    /** The JSON text that stands for a value; null once the key is destroyed, since nothing may be kept of that person. */
    byte[] seal(String place, byte[] json) {
        if (erased != null) {
            return NULL;
        }
        return ('"' + text(place, json) + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** What stands for a value that is no JSON. */
    String text(String place, byte[] value) {
        return MARK + Long.toString(no, Character.MAX_RADIX) + ':' + TEXT.encodeToString(sealed(place, value));
    }

    /** Bytes that do not say under which key they are. */
    byte[] sealed(String place, byte[] value) {
        return profile.seal(key(), place.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Bytes that are not part of a record. */
    byte[] sealWhole(byte[] bytes) {
        return profile.seal(key(), whole(), bytes);
    }

    /**
     * @return JSON null once the key is destroyed
     * @throws SealBroken when it was sealed for another place, or has been changed
     */
    byte[] open(String place, byte[] sealed) {
        return erased != null ? NULL : opened(place.getBytes(StandardCharsets.UTF_8), sealed);
    }

    /** Null once the key is destroyed. */
    byte @Nullable [] openWhole(byte[] sealed) {
        return erased != null ? null : opened(whole(), sealed);
    }

    private byte[] opened(byte[] bound, byte[] sealed) {
        byte[] clear = profile.open(key(), bound, sealed);
        if (clear == null) {
            throw new SealBroken(
                    "what was sealed under key " + no + " does not open: it was made for another place, or changed");
        }
        return clear;
    }

    private byte[] whole() {
        return ("whole|" + no).getBytes(StandardCharsets.US_ASCII);
    }
}
