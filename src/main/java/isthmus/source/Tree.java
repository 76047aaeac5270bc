package isthmus.source;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Documents of XML or JSON whose records lie at the path {@code record}. */
final class Tree implements Format {
    private final Pull pull;
    private final LegacySystem system;
    private final boolean isXml;
    private final TreeContract contract;
    private final Days days;

    Tree(LegacySystem system, Pull pull, boolean isXml) {
        this.system = system;
        this.pull = pull;
        this.isXml = isXml;
        contract = new TreeContract(pull);
        days = new Days(pull, system.zone());
    }

    /** Opens the bytes of a document, as often as it is asked. */
    interface Source {
        InputStream open() throws IOException;
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        try (Records records = open(() -> Files.newInputStream(file), "", 0)) {
            long end = 0;
            while (records.advance()) {
                end = records.ordinal();
            }
            return new Sound(null, end, List.of());
        }
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws Refused, IOException {
        return open(() -> Files.newInputStream(file), name, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        try (Records records = open(() -> new ByteArrayInputStream(bytes), "", 0)) {
            return Days.again(records, bytes, ordinal, locator);
        } catch (Refused refused) {
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refused.rejection());
        } catch (IOException impossible) {
            var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
            return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
        }
    }

    private Records open(Source source, String name, long done) throws Refused, IOException {
        Charset charset = isXml ? charset(source) : system.charset();
        Window window = window(source.open(), charset);
        TreeEvents events = isXml ? new XmlEvents(window) : new JsonEvents(window);
        String path = pull.settings().getOrDefault("record", "");
        return days.areDealt()
                ? days.of(new TreeRecords(events, window, contract, path, charset, name, 0), done)
                : new TreeRecords(events, window, contract, path, charset, name, done);
    }

    static Charset charset(Source source) throws Refused, IOException {
        try (InputStream in = source.open()) {
            return SafeXml.charset(in);
        } catch (XMLStreamException fault) {
            throw new Refused(Reason.XML, "no XML document, or in an encoding that nobody knows");
        }
    }

    /** The text of a document without its byte order mark; bytes outside the charset are a fault. */
    static Window window(InputStream in, Charset charset) throws Refused, IOException {
        Reader text = new BufferedReader(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
        text.mark(1);
        try {
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            return new Window(text);
        } catch (CharacterCodingException fault) {
            throw new Refused(Reason.CHARSET, "bytes outside of " + charset);
        }
    }
}
