package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JSON document on every line; a line that is none is refused alone. */
final class JsonLines implements Format {
    private static final String ROOT = "/";

    private final TreeContract contract;
    private final Charset charset;

    JsonLines(Pull pull, Charset charset) {
        contract = new TreeContract(pull);
        this.charset = charset;
    }

    @Override
    public Sound check(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Lines lines = new Lines(in);
            while (lines.advance()) {
                // Every line stands for itself: only their number is asked for.
            }
            return new Sound(null, lines.number(), List.of());
        }
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws IOException {
        return new OfLines(Files.newInputStream(file), charset, name, done + 1, sound.end(), this::cut);
    }

    private String text(byte[] bytes) throws Refused {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException fault) {
            throw new Refused(Reason.CHARSET, "expected " + charset);
        }
    }

    private Piece cut(byte[] bytes, long ordinal, String locator, boolean isTooLong) {
        if (isTooLong) {
            String hint = "expected at most " + Lines.MAX_LENGTH + " bytes";
            var refusal = new Outcome.Rejected(Reason.LINE_LENGTH, null, hint);
            String[] none = new String[contract.layout().columns().size()];
            return new Piece(none, List.of(), ordinal, locator, () -> bytes, refusal);
        }
        return again(bytes, ordinal, locator);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        try {
            Window window = new Window(new StringReader(text(bytes)));
            try (TreeRecords one =
                    new TreeRecords(new JsonEvents(window), window, contract, ROOT, charset, locator, 0)) {
                if (!one.advance()) {
                    throw new Refused(Reason.FILE_FORM, "expected a JSON object");
                }
                TreeContract.Cut cut = contract.cut(one.node(), java.util.Map.of());
                if (one.advance()) {
                    throw new Refused(Reason.FILE_FORM, "more than one JSON object on the line");
                }
                return new Piece(cut.values(), cut.children(), ordinal, locator, () -> bytes, cut.refusal());
            }
        } catch (Refused refused) {
            String[] none = new String[contract.layout().columns().size()];
            return new Piece(none, List.of(), ordinal, locator, () -> bytes, refused.rejection());
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory", impossible);
        }
    }
}
