package isthmus.security.share;

import isthmus.model.Urn;
import isthmus.security.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names by which one partner knows records, {@code urn:isthmus:partner:{partner}:{entity}:{…}}: always the same for it,
 * others for every other partner, and found back by the hub alone. A name is the HMAC-SHA-256 of an id under a key of the
 * partner's, and the id encrypted with that as its initial vector (the construction of RFC 5297).
 */
public final class Pseudonyms {
    private static final int VECTOR = 16;

    /** Lengths go up by so many bytes, so that they tell little of a key's. */
    private static final int STEP = 64;

    private static final Pattern URN =
            Pattern.compile("urn:isthmus:[a-z0-9]{1,16}:[a-z0-9-]{1,24}:[a-z]+:[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");
    private static final Pattern HASH = Pattern.compile("(h[0-9]+:)[A-Za-z0-9_-]{22}");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String source;
    private final SecretKeySpec naming;
    private final SecretKeySpec hiding;

    /** @param hub whose key the partner's are derived from */
    public Pseudonyms(Fingerprints hub, String partner) {
        source = "urn:isthmus:partner:" + partner;
        naming = new SecretKeySpec(hub.derived("share", "naming", partner), "HmacSHA256");
        hiding = new SecretKeySpec(hub.derived("share", "hiding", partner), "AES");
    }

    /** What its ids begin with, up to the entity. */
    public String source() {
        return source;
    }

    /** The partner's name for a record. */
    public String id(String urn) {
        String entity = Urn.entity(urn);
        return source + ":" + entity + ":" + word(entity, urn);
    }

    /** The record of an entity that a name stands for; empty when this partner was never given that name. */
    public Optional<String> record(String entity, String name) {
        String before = source + ":" + entity + ":";
        return name.startsWith(before) ? text(entity, name.substring(before.length())) : Optional.empty();
    }

    /** A text as the partner may read it: every id in it as the partner's name, a keyed hash as one of the partner's own. */
    public String told(String text) {
        Matcher hash = HASH.matcher(text);
        if (hash.matches()) {
            return hash.group(1) + ENCODER.encodeToString(Arrays.copyOf(mac("hash", text), VECTOR));
        }
        return text.contains("urn:isthmus:")
                ? URN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(id(found.group())))
                : text;
    }

    /** 32 hexadecimal digits that stand for something which need not be found back. */
    public String digest(String kind, String text) {
        return HexFormat.of().formatHex(mac(kind, text), 0, VECTOR);
    }

    /** Something of the hub's that the partner carries and cannot read. */
    public String word(String kind, String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(plain, (plain.length / STEP + 1) * STEP);
        byte[] vector = Arrays.copyOf(mac(kind, text), VECTOR);
        byte[] hidden = crypt(padded, vector);
        byte[] whole = Arrays.copyOf(vector, VECTOR + hidden.length);
        System.arraycopy(hidden, 0, whole, VECTOR, hidden.length);
        return ENCODER.encodeToString(whole);
    }

    /** What a {@link #word} stands for; empty when it is none of this kind and partner. */
    public Optional<String> text(String kind, String word) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(word);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (whole.length <= VECTOR) {
            return Optional.empty();
        }
        byte[] vector = Arrays.copyOf(whole, VECTOR);
        byte[] padded = crypt(Arrays.copyOfRange(whole, VECTOR, whole.length), vector);
        int end = padded.length;
        while (end > 0 && padded[end - 1] == 0) {
            end--;
        }
        String text = new String(padded, 0, end, StandardCharsets.UTF_8);
        // Not the vector alone: base64 has other ways to write the same bytes.
        byte[] ours = word(kind, text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(ours, word.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(text)
                : Optional.empty();
    }

    private byte[] mac(String kind, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(naming);
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Both ways: what is encrypted twice is plain again. */
    private byte[] crypt(byte[] bytes, byte[] vector) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, hiding, new IvParameterSpec(vector));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
