package isthmus.audit.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signed head: that the log had so many entries with this root at this time. Ed25519 over the JSON without the signature.
 *
 * @param key the public one, as X.509 encodes it
 */
public record Head(long size, Instant at, byte[] root, byte[] key, byte[] signature) {
    private static final String ALGORITHM = "Ed25519";
    private static final int NAME_BYTES = 8;

    public Head {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public static Head signed(long size, Instant at, byte[] root, PrivateKey own, PublicKey key) {
        Head bare = new Head(size, at, root, key.getEncoded(), new byte[0]);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(own);
            signature.update(bare.json().getBytes(StandardCharsets.UTF_8));
            return new Head(size, at, root, bare.key, signature.sign());
        } catch (GeneralSecurityException unfit) {
            throw new IllegalStateException("the key of the audit cannot sign", unfit);
        }
    }

    /** Whether its key has signed it. */
    public boolean isGenuine() {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key)));
            check.update(json().getBytes(StandardCharsets.UTF_8));
            return check.verify(signature);
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /** The first eight bytes of the key's SHA-256, in hex: what people compare. */
    public static String name(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** A line of the exported heads. */
    public String line() {
        return "{\"head\":" + json() + ",\"signature\":\"" + Base64.getEncoder().encodeToString(signature) + "\"}";
    }

    /** @throws IllegalArgumentException where it is none */
    public static Head read(String line) {
        try {
            Json json = new Json(line).literal("{\"head\":");
            Instant at = Entry.time(json.literal("{\"at\":").string());
            byte[] key = Base64.getDecoder().decode(json.literal(",\"key\":").string());
            byte[] root = HexFormat.of().parseHex(json.literal(",\"root\":").string());
            long size = json.literal(",\"size\":").number();
            byte[] signature =
                    Base64.getDecoder().decode(json.literal("},\"signature\":").string());
            json.literal("}").end();
            return new Head(size, at, root, key, signature);
        } catch (Json.Malformed | DateTimeException fault) {
            throw new IllegalArgumentException(fault.getMessage(), fault);
        }
    }

    private String json() {
        return "{\"at\":\"" + Entry.text(at) + "\",\"key\":\""
                + Base64.getEncoder().encodeToString(key) + "\",\"root\":\""
                + HexFormat.of().formatHex(root) + "\",\"size\":" + size + "}";
    }
}
