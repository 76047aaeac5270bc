package isthmus.chaos.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The content hash of a record's canonical bytes, reckoned from model.md 3.1 and not by the hub's own code. */
final class ContentHash {
    private static final Pattern IDENTIFIER_HASH = Pattern.compile("\"hash\":\"h1:[A-Za-z0-9_-]{22}\",");

    private final SecretKeySpec key;

    ContentHash(String base64Key) {
        key = new SecretKeySpec(Base64.getDecoder().decode(base64Key), "HmacSHA256");
    }

    /** In the same form as the given one: plain SHA-256, or keyed for records with personal fields. */
    String like(String given, String record) {
        if (given.startsWith("sha256:")) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            return "sha256:" + HexFormat.of().formatHex(Event.sha256(bytes));
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            String bare = IDENTIFIER_HASH.matcher(record).replaceAll("");
            return "hmac:h1:" + HexFormat.of().formatHex(mac.doFinal(bare.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
