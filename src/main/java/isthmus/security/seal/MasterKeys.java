package isthmus.security.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which the keys of persons are kept: one that wraps, and former ones that still unwrap. Each is known by an id
 * that tells nothing of it.
 */
public final class MasterKeys {
    /** The demo's, which everybody knows; never for a store that others reach. */
    public static final String NOBODYS = Base64.getEncoder()
            .encodeToString("isthmus-demo-seal-key-not-for-production".getBytes(StandardCharsets.US_ASCII));

    private static final int LEAST = 32;
    private static final int ID_BYTES = 8;

    /** One of them, as the cipher of a profile wants it. */
    private record Master(Profile profile, SecretKey key) {}

    private final Profile profile;
    private final Map<String, Master> masters = new LinkedHashMap<>();
    private final @Nullable String current;

    /**
     * @param current base64 of at least 32 bytes; empty where there is none, and then nothing can be sealed
     * @param former keys that came before, separated by commas or blanks
     * @throws IllegalArgumentException when one is unusable; it is not repeated
     */
    public MasterKeys(Profile profile, String current, String former) {
        this.profile = profile;
        List<byte[]> raw = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(current));
        all.addAll(List.of(former.split("[\\s,]+")));
        all.stream().filter(text -> !text.isBlank()).forEach(text -> raw.add(decoded(text)));
        for (byte[] key : raw) {
            for (Profile one : Profile.values()) {
                masters.put(id(one, key), new Master(one, one.key(derived(one, key, "wrap"))));
            }
        }
        this.current = current.isBlank() ? null : id(profile, raw.get(0));
    }

    /**
     * As settings say it.
     *
     * @param profile null for the usual one
     * @return null where nothing is to be sealed
     * @throws IllegalArgumentException when a key is unusable; it is not repeated
     */
    public static @Nullable MasterKeys said(
            @Nullable String profile, @Nullable String current, @Nullable String former) {
        if ("none".equals(profile)) {
            return null;
        }
        Profile known = profile == null ? Profile.INTL : Profile.of(profile).orElse(Profile.INTL);
        return new MasterKeys(known, Objects.requireNonNullElse(current, ""), Objects.requireNonNullElse(former, ""));
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("the master key is not base64");
        }
        if (key.length < LEAST) {
            throw new IllegalArgumentException("the master key is shorter than " + LEAST + " bytes");
        }
        return key;
    }

    private static byte[] derived(Profile profile, byte[] key, String use) {
        return profile.mac(key).doFinal(("isthmus " + profile.code() + " " + use).getBytes(StandardCharsets.US_ASCII));
    }

    private static String id(Profile profile, byte[] key) {
        return HexFormat.of().formatHex(Arrays.copyOf(derived(profile, key, "id"), ID_BYTES));
    }

    /** Under which what is new is sealed. */
    public Profile profile() {
        return profile;
    }

    /** The id of the one that wraps. */
    public String current() {
        if (current == null) {
            throw new SealAway("there is no master key: set isthmus.seal.key");
        }
        return current;
    }

    boolean has(String master) {
        return masters.containsKey(master);
    }

    /** The same key, under the one that wraps. */
    byte[] rewrap(String id, byte[] wrapped) {
        return wrap(unwrap(id, wrapped, DataKeys.BOUND), DataKeys.BOUND);
    }

    byte[] wrap(byte[] key, byte[] bound) {
        Master master = Objects.requireNonNull(masters.get(current()));
        return master.profile().seal(master.key(), bound, key);
    }

    byte[] unwrap(String id, byte[] wrapped, byte[] bound) {
        Master master = masters.get(id);
        if (master == null) {
            throw new SealAway("the master key " + id + " is not here: set it as isthmus.seal.key, or as"
                    + " isthmus.seal.former where another has taken its place");
        }
        byte[] key = master.profile().open(master.key(), bound, wrapped);
        if (key == null) {
            throw new IllegalStateException("a data key does not open under the master key " + id + ": it was changed");
        }
        return key;
    }
}
