package isthmus.quarantine;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** Lays bytes of unknown kind open without letting them act on the terminal that shows them. */
final class Printable {
    private static final int TEXT_LIMIT = 16_384;
    private static final int HEX_LIMIT = 4_096;
    private static final int HEX_LINE = 16;

    private Printable() {}

    static String text(byte[] bytes, Charset charset) {
        // Decoding of a whole byte array replaces what the charset does not know by U+FFFD.
        String text = charset.decode(ByteBuffer.wrap(bytes)).toString();
        return text.length() <= TEXT_LIMIT
                ? escape(text)
                : escape(text.substring(0, TEXT_LIMIT)) + " … and " + (text.length() - TEXT_LIMIT) + " more characters";
    }

    static String hex(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int shown = Math.min(bytes.length, HEX_LIMIT);
        for (int i = 0; i < shown; i++) {
            if (i % HEX_LINE == 0) {
                out.append(i == 0 ? "" : "\n").append(String.format("%08x ", i));
            }
            out.append(String.format(" %02x", bytes[i]));
        }
        if (bytes.length > shown) {
            out.append("\n… and ").append(bytes.length - shown).append(" more bytes");
        }
        return out.toString();
    }

    /** Spells out control and format characters: an escape sequence, a carriage return, a bidirectional override. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean acts = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            if (acts && point != '\n' && point != '\t') {
                out.append(String.format("\\u{%x}", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
