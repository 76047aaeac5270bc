package isthmus.serve.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as it is written: {@code isk_}, the id by which it is found, and 256 random bits, of which only a hash is kept.
 *
 * @param whole what is shown once
 */
record KeyText(String id, String whole) {
    static final String MARK = "isk_";

    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(MARK + "([0-9a-f]{16})_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText fresh() {
        String id = HexFormat.of().formatHex(random(ID_BYTES));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
        return new KeyText(id, MARK + id + "_" + secret);
    }

    static Optional<KeyText> of(String whole) {
        Matcher form = FORM.matcher(whole);
        return form.matches() ? Optional.of(new KeyText(form.group(1), whole)) : Optional.empty();
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /** SHA-256 is enough for what cannot be guessed; there is nothing here that a slow hash would protect. */
    byte[] hash() {
        return sha256(whole);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** In a time that says nothing about how alike they are. */
    boolean isOf(byte[] kept) {
        return MessageDigest.isEqual(hash(), kept);
    }

    /** So that no log ever holds it. */
    @Override
    public String toString() {
        return MARK + id;
    }
}
