package isthmus.source;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines whose columns lie at bytes {@code 1..10} of it, both ends included. {@code detail} is what every record begins
 * with, {@code header} what the first line begins with; {@code trailer: T,2..9} begins the last line, whose bytes 2 to 9
 * count the records.
 */
final class FixedWidth implements Format {
    private final Pull pull;
    private final Charset charset;
    private final byte[] mark;
    private final @Nullable String header;
    private final @Nullable String trailer;
    private final int[] from;
    private final int[] to;

    FixedWidth(Pull pull, Charset charset) {
        this.pull = pull;
        this.charset = charset;
        mark = pull.settings().getOrDefault("detail", "").getBytes(charset);
        header = pull.settings().get("header");
        trailer = pull.settings().get("trailer");
        List<Column> columns = pull.columns();
        from = columns.stream().mapToInt(column -> end(column.at(), 0) - 1).toArray();
        to = columns.stream().mapToInt(column -> end(column.at(), 1)).toArray();
    }

    private static int end(String range, int which) {
        return Integer.parseInt(range.split("\\.\\.")[which]);
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Lines lines = new Lines(in, charset, false);
            if (header != null && !(lines.advance() && lines.startsWith(bytes(header)))) {
                throw new Refused(Reason.FILE_HEADER, "the first line does not begin with " + header);
            }
            long records = 0;
            byte[] last = {};
            while (lines.advance()) {
                records++;
                last = java.util.Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length());
            }
            if (trailer != null) {
                requireTrailer(trailer, last, records - 1);
            }
            return new Sound(null, lines.number(), List.of());
        }
    }

    private void requireTrailer(String told, byte[] line, long records) throws Refused {
        String[] parts = told.split(",");
        String begin = new String(bytes(parts[0]), StandardCharsets.ISO_8859_1);
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int until = end(parts[1], 1);
        if (!text.startsWith(begin) || text.length() < until) {
            throw new Refused(Reason.FILE_SHORT, "the last line does not begin with " + parts[0]);
        }
        String count = text.substring(end(parts[1], 0) - 1, until).strip();
        if (!count.matches("[0-9]{1,15}") || Long.parseLong(count) != records) {
            throw new Refused(Reason.TRAILER_COUNT, "the file holds " + records + " detail lines");
        }
    }

    private byte[] bytes(String text) {
        return text.getBytes(charset);
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws IOException {
        long first = Math.max(done + 1, header == null ? 1 : 2);
        long last = trailer == null ? sound.end() : sound.end() - 1;
        CharsetDecoder decoder = decoder();
        return new OfLines(
                Files.newInputStream(file), charset, name, first, last, (bytes, ordinal, locator, isTooLong) -> {
                    @Nullable String[] values = new String[from.length];
                    var refusal = isTooLong
                            ? new Outcome.Rejected(
                                    Reason.LINE_LENGTH, null, "expected at most " + Lines.MAX_LENGTH + " bytes")
                            : cut(bytes, values, decoder);
                    return new Piece(values, List.of(), ordinal, locator, () -> bytes, refusal);
                });
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        @Nullable String[] values = new String[from.length];
        return new Piece(values, List.of(), ordinal, locator, () -> bytes, cut(bytes, values, decoder()));
    }

    private CharsetDecoder decoder() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private Outcome.@Nullable Rejected cut(byte[] line, @Nullable String[] values, CharsetDecoder decoder) {
        boolean isMarked =
                line.length >= mark.length && java.util.Arrays.equals(line, 0, mark.length, mark, 0, mark.length);
        if (!isMarked) {
            String expected = pull.settings().getOrDefault("detail", "");
            return new Outcome.Rejected(Reason.FIELD_COUNT, null, "expected a line that begins with " + expected);
        }
        for (int i = 0; i < values.length; i++) {
            if (to[i] > line.length) {
                // Senders cut the blanks at the end of a line; a column that is cut in two is another matter.
                if (from[i] < line.length) {
                    String name = pull.columns().get(i).name();
                    return new Outcome.Rejected(Reason.FIELD_COUNT, name, "the line ends in the middle of it");
                }
                continue;
            }
            try {
                values[i] = decoder.decode(ByteBuffer.wrap(line, from[i], to[i] - from[i]))
                        .toString()
                        .strip();
            } catch (CharacterCodingException fault) {
                String name = pull.columns().get(i).name();
                return new Outcome.Rejected(Reason.CHARSET, name, "expected " + charset);
            }
        }
        return null;
    }
}
