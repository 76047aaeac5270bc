package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** Delimited fields (RFC 4180), a record a line unless {@code multiline} is true, framed as the settings say. */
final class Delimited implements Format {
    private final Pull pull;
    private final Charset charset;
    private final Frame frame;

    Delimited(Pull pull, Charset charset, ZoneId zone) {
        this.pull = pull;
        this.charset = charset;
        frame = new Frame(pull, charset, zone);
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        return frame.check(file);
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws IOException {
        return new Cut(file, sound, name, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        LineCutter.Cut cut = cutter(0).cut(bytes, 0, bytes.length);
        return new Piece(cut.values(), List.of(), ordinal, locator, () -> bytes, cut.refusal());
    }

    /** @param further how many columns the file has after those that are read */
    private LineCutter cutter(int further) {
        String mark = pull.settings().getOrDefault("detail", "");
        return new LineCutter(
                charset, Frame.delimiter(pull), mark, pull.columns().size(), further);
    }

    private final class Cut implements Records {
        private final InputStream in;
        private final Lines lines;
        private final LineCutter cutter;
        private final String name;
        private final long first;
        private final long last;

        Cut(Path file, Sound sound, String name, long done) throws IOException {
            this.name = name;
            cutter = cutter(Math.max(0, sound.names().size() - pull.columns().size()));
            first = Math.max(done + 1, frame.firstDetail());
            last = frame.lastDetail(sound.end());
            in = Files.newInputStream(file);
            lines = new Lines(in, charset, Frame.isJoined(pull));
        }

        @Override
        public boolean advance() throws IOException {
            while (lines.advance()) {
                if (lines.number() >= first) {
                    return lines.number() <= last;
                }
            }
            return false;
        }

        @Override
        public long ordinal() {
            return lines.number();
        }

        @Override
        public Piece piece(Slices slices) {
            long number = lines.number();
            String locator = name + ":" + number;
            Supplier<byte[]> bytes = slices.add(lines.buffer(), lines.start(), lines.length());
            if (lines.isTooLong()) {
                String hint = "expected at most " + Lines.MAX_LENGTH + " bytes";
                var refusal = new Outcome.Rejected(Reason.LINE_LENGTH, null, hint);
                return new Piece(new String[pull.columns().size()], List.of(), number, locator, bytes, refusal);
            }
            LineCutter.Cut cut = cutter.cut(lines.buffer(), lines.start(), lines.length());
            int read = cut.read();
            // Alone, a line does not tell a column that is passed over from a delimiter too many.
            Supplier<byte[]> kept = read < 0
                    ? bytes
                    : () -> new String(bytes.get(), charset).substring(0, read).getBytes(charset);
            return new Piece(cut.values(), List.of(), number, locator, kept, cut.refusal());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
