package isthmus.demo.truth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** 16 bytes that stand for a text; told apart, never guarded against an enemy. */
record Digest(long high, long low) {
    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(Digest::md5);

    static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Digest of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static Digest of(byte[] bytes, int from, int length) {
        MessageDigest md5 = MD5.get();
        md5.update(bytes, from, length);
        ByteBuffer sum = ByteBuffer.wrap(md5.digest());
        return new Digest(sum.getLong(), sum.getLong());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
