package isthmus.security.seal;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** With what is sealed: the ciphers of most of the world, or those that GB/T 39786 expects. Safe for many threads. */
public enum Profile {
    /** AES-256-GCM (NIST SP 800-38D) and HMAC-SHA-256. */
    INTL("AES", 32, "HmacSHA256", null),
    /** SM4-GCM (GB/T 32907, RFC 8998) and HMAC-SM3 (GB/T 32905). */
    GM("SM4", 16, "HmacSM3", new BouncyCastleProvider());

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final String algorithm;
    private final int keyBytes;
    private final String mac;
    private final @Nullable Provider provider;
    private final ThreadLocal<Cipher> cipher = ThreadLocal.withInitial(this::cipher);
    private final ThreadLocal<Nonces> nonces = ThreadLocal.withInitial(Nonces::new);

    Profile(String algorithm, int keyBytes, String mac, @Nullable Provider provider) {
        this.algorithm = algorithm;
        this.keyBytes = keyBytes;
        this.mac = mac;
        this.provider = provider;
    }

    /** As settings and the store say it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that no profile has. */
    public static Optional<Profile> of(String code) {
        return Stream.of(values())
                .filter(profile -> profile.code().equals(code))
                .findFirst();
    }

    private Cipher cipher() {
        try {
            String form = algorithm + "/GCM/NoPadding";
            return provider == null ? Cipher.getInstance(form) : Cipher.getInstance(form, provider);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("no " + algorithm, absent);
        }
    }

    Mac mac(byte[] key) {
        try {
            Mac made = provider == null ? Mac.getInstance(mac) : Mac.getInstance(mac, provider);
            made.init(new SecretKeySpec(key, mac));
            return made;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("no " + mac, absent);
        }
    }

    byte[] freshKey() {
        byte[] key = new byte[keyBytes];
        nonces.get().random.nextBytes(key);
        return key;
    }

    /** @param bytes at least as many as the cipher wants; the first are taken */
    SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, 0, keyBytes, algorithm);
    }

    /** A nonce of its own, the sealed bytes and their tag. */
    byte[] seal(Key key, byte[] bound, byte[] clear) {
        byte[] sealed = new byte[NONCE + clear.length + TAG_BITS / 8];
        nonces.get().next(sealed);
        try {
            Cipher at = cipher.get();
            at.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            at.updateAAD(bound);
            at.doFinal(clear, 0, clear.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("cannot seal", impossible);
        }
    }

    /** Null when it was sealed under another key, for another place, or has been changed. */
    byte @Nullable [] open(Key key, byte[] bound, byte[] sealed) {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            return null;
        }
        try {
            Cipher at = cipher.get();
            at.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            at.updateAAD(bound);
            return at.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException changed) {
            return null;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("cannot open", impossible);
        } catch (GeneralSecurityException changed) {
            return null;
        }
    }

    /** Random bytes for many nonces at a time: each call of the generator costs more than a seal does. */
    private static final class Nonces {
        private final SecureRandom random = new SecureRandom();
        private final byte[] some = new byte[NONCE * 128];
        private int at = some.length;

        void next(byte[] into) {
            if (at == some.length) {
                random.nextBytes(some);
                at = 0;
            }
            System.arraycopy(some, at, into, 0, NONCE);
            Arrays.fill(some, at, at + NONCE, (byte) 0);
            at += NONCE;
        }
    }
}
