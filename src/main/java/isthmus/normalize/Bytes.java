package isthmus.normalize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that is filled with canonical JSON (RFC 8785) and used again for the next record. */
final class Bytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    byte[] data = new byte[4096];
    int length;

    private void room(int more) {
        if (length + more > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, length + more));
        }
    }

    void add(int b) {
        room(1);
        data[length++] = (byte) b;
    }

    void add(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, data, length, bytes.length);
        length += bytes.length;
    }

    /** Adds bytes of another buffer. */
    void add(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, data, length, to - from);
        length += to - from;
    }

    /** Adds the low digits of a number, with leading zeros. */
    void digits(int count, int value) {
        room(count);
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            data[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    void integer(long value) {
        room(20);
        long rest = value;
        if (rest < 0) {
            data[length++] = '-';
            rest = -rest;
        }
        int from = length;
        do {
            data[length++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        for (int i = from, j = length - 1; i < j; i++, j--) {
            byte b = data[i];
            data[i] = data[j];
            data[j] = b;
        }
    }

    /** Adds text as a JSON string with its quotes. */
    void quoted(String text) {
        add('"');
        utf8(text, 0, text.length(), true);
        add('"');
    }

    /** Adds text as UTF-8, without quotes and escapes. */
    void plain(String text) {
        utf8(text, 0, text.length(), false);
    }

    /** Adds a part of a text in the same way. */
    void plain(String text, int from, int end) {
        utf8(text, from, end, false);
    }

    private void utf8(String text, int from, int end, boolean escape) {
        room((end - from) * 6);
        byte[] to = data;
        int at = length;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (escape && (c < 0x20 || c == '"' || c == '\\')) {
                    at = escaped(to, at, c);
                } else {
                    to[at++] = (byte) c;
                }
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xF0 | point >> 18);
                to[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                to[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                to[at++] = (byte) (0xE0 | c >> 12);
                to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        length = at;
    }

    private static int escaped(byte[] to, int from, char c) {
        int at = from;
        to[at++] = '\\';
        int named = "\b\t\n\f\r".indexOf(c);
        if (c >= 0x20) {
            to[at++] = (byte) c;
        } else if (named >= 0) {
            to[at++] = (byte) "btnfr".charAt(named);
        } else {
            to[at++] = 'u';
            to[at++] = '0';
            to[at++] = '0';
            to[at++] = HEX[c >> 4];
            to[at++] = HEX[c & 15];
        }
        return at;
    }

    byte[] copy(int from) {
        return Arrays.copyOfRange(data, from, length);
    }

    /** Everything from a position on, known to be ASCII. */
    String ascii(int from) {
        return new String(data, from, length - from, StandardCharsets.ISO_8859_1);
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(String prefix, byte[] bytes) {
        byte[] out = new byte[prefix.length() + 2 * bytes.length];
        int at = 0;
        for (; at < prefix.length(); at++) {
            out[at] = (byte) prefix.charAt(at);
        }
        for (byte b : bytes) {
            out[at++] = HEX[b >> 4 & 15];
            out[at++] = HEX[b & 15];
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }
}
