package isthmus.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How a night is chained to the one before it. */
final class ChainHash {
    /** What the first night follows. */
    static final String FIRST = "";

    private ChainHash() {}

    /** SHA-256 in hex over the hash of the night before, a line feed and the report as it is stored. */
    static String hash(String previous, String report) {
        try {
            byte[] text = (previous + "\n" + report).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
