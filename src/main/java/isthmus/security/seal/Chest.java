package isthmus.security.seal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Seals and opens many texts under one key, without asking the store for each of them. Safe for many threads. */
public final class Chest {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final @Nullable DataKey key;

    /** @param key null where nothing is sealed */
    Chest(@Nullable DataKey key) {
        this.key = key;
    }

    /** @param place to which it is bound */
    public String seal(String place, String value) {
        return key == null ? value : TEXT.encodeToString(key.sealed(place, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalStateException when it was sealed under another key or for another place, or has been changed */
    public String open(String place, String sealed) {
        if (key == null) {
            return sealed;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException clear) {
            throw new IllegalStateException("what is to be opened was never sealed", clear);
        }
        return new String(key.open(place, bytes), StandardCharsets.UTF_8);
    }
}
