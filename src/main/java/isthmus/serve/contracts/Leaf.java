package isthmus.serve.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** A document that stays the same until the hub is another build: with a tag, and kept by whoever reads it for an hour. */
record Leaf(byte[] bytes, String tag) {
    private static final CacheControl AN_HOUR =
            CacheControl.maxAge(Duration.ofHours(1)).cachePublic();
    private static final int TAG = 16;

    static Leaf of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Leaf(bytes, '"' + HexFormat.of().formatHex(hash, 0, TAG) + '"');
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** With its tag, so that Spring answers 304 to whoever has it. */
    ResponseEntity<byte[]> answer() {
        return tagged().body(bytes);
    }

    ResponseEntity<byte[]> answer(String header, String value) {
        return tagged().header(header, value).body(bytes);
    }

    private ResponseEntity.BodyBuilder tagged() {
        return ResponseEntity.ok().eTag(tag).cacheControl(AN_HOUR);
    }
}
