package isthmus.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The deterministic CloudEvents id: equal content gives an equal id on any machine (model.md 3.1). */
public final class EventId {
    private EventId() {}

    /** The first 32 hex digits of SHA-256 over subject, operation, sequence and content hash, one a line. */
    public static String of(String subject, Op op, String sequence, String contentHash) {
        String text = subject + "\n" + op.code() + "\n" + sequence + "\n" + contentHash;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
