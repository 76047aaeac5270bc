package isthmus.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The MD5 of a name, in the order of its bytes: what both shores are sorted by, whatever their collations. */
record Key(long high, long low) implements Comparable<Key> {

    static final int BYTES = 16;
    static final Key NONE = new Key(0, 0);

    static Key of(String name) {
        ByteBuffer digest = ByteBuffer.wrap(md5().digest(name.getBytes(StandardCharsets.UTF_8)));
        return new Key(digest.getLong(), digest.getLong());
    }

    static Key of(UUID hash) {
        return new Key(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("every JDK has MD5", fault);
        }
    }

    @Override
    public int compareTo(Key other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
