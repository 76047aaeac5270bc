package isthmus.source;

import isthmus.model.Outcome;
import isthmus.model.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts one line into its fields, or says why it cannot: bytes outside the charset, an open quote, a wrong count. */
final class LineCutter {
    private final CharsetDecoder decoder;
    private final char delimiter;
    private final int fields;
    private final int further;
    private final String mark;
    private int read;

    /**
     * @param mark the first field that every detail line carries and that is no column; empty when there is none
     * @param columns how many columns follow it
     */
    LineCutter(Charset charset, char delimiter, String mark, int columns) {
        this(charset, delimiter, mark, columns, 0);
    }

    /** @param further how many columns come after those and are passed over */
    LineCutter(Charset charset, char delimiter, String mark, int columns, int further) {
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.delimiter = delimiter;
        this.mark = mark;
        fields = columns;
        this.further = further;
    }

    /**
     * The fields of a line, as far as they could be told apart, and why they could not all be.
     *
     * @param read so many characters of the line were read, where columns that are passed over come behind; else -1
     */
    record Cut(@Nullable String[] values, Outcome.@Nullable Rejected refusal, int read) {}

    Cut cut(byte[] line, int from, int length) {
        String text;
        try {
            text = isAscii(line, from, length)
                    ? new String(line, from, length, StandardCharsets.ISO_8859_1)
                    : decoder.decode(ByteBuffer.wrap(line, from, length)).toString();
        } catch (CharacterCodingException fault) {
            return new Cut(
                    new String[fields],
                    new Outcome.Rejected(Reason.CHARSET, null, "expected " + decoder.charset()),
                    -1);
        }
        @Nullable String[] values = new String[fields];
        Outcome.Rejected refusal = split(text, values);
        return new Cut(values, refusal, further > 0 && refusal == null ? read : -1);
    }

    private Outcome.@Nullable Rejected split(String line, @Nullable String[] values) {
        int skip = mark.isEmpty() ? 0 : 1;
        read = 0;
        int count = 0;
        int at = 0;
        boolean isMarked = mark.isEmpty();
        while (true) {
            String field;
            int end;
            if (at < line.length() && line.charAt(at) == '"') {
                end = closingQuote(line, at);
                boolean isClosed = end > 0 && (end == line.length() || line.charAt(end) == delimiter);
                if (!isClosed) {
                    return new Outcome.Rejected(Reason.QUOTE, null, "field " + (count + 1) + " is not closed");
                }
                field = line.substring(at + 1, end - 1).replace("\"\"", "\"");
            } else {
                int delimited = line.indexOf(delimiter, at);
                end = delimited < 0 ? line.length() : delimited;
                field = line.substring(at, end);
            }
            if (count == 0 && skip == 1) {
                isMarked = field.equals(mark);
            } else if (count - skip < values.length) {
                values[count - skip] = field;
            }
            count++;
            read = count == fields + skip ? end : read;
            if (end == line.length()) {
                break;
            }
            at = end + 1;
        }
        if (count != fields + further + skip || !isMarked) {
            String hint = "expected " + (fields + further + skip) + (mark.isEmpty() ? "" : " beginning with " + mark);
            return new Outcome.Rejected(Reason.FIELD_COUNT, null, hint + ", got " + count);
        }
        return null;
    }

    /** The index after the quote that closes the one at {@code open}, or -1. */
    private static int closingQuote(String line, int open) {
        int at = open + 1;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                return -1;
            }
            if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
                at = quote + 2;
            } else {
                return quote + 1;
            }
        }
    }

    private static boolean isAscii(byte[] line, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (line[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
