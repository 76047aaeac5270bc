package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Position;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/** One answer of a paged operation, read whole before any of it is believed. */
final class SoapPage {
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private final Extraction extraction;
    private final Layout layout;
    private final RecordReader records;
    private final List<Piece> pieces = new ArrayList<>();
    private @Nullable String messageTime;
    private @Nullable String nextToken;

    private SoapPage(Extraction extraction, String text) {
        this.extraction = extraction;
        Pull pull = extraction.pull();
        layout = pull.layout();
        records = new RecordReader(
                layout, pull.key().stream().mapToInt(layout::indexOf).toArray(), text);
    }

    static SoapPage read(Extraction extraction, byte[] envelope) {
        try {
            String text = SafeXml.decode(envelope);
            SoapPage page = new SoapPage(extraction, text);
            XMLStreamReader2 xml = SafeXml.reader(text);
            page.readEnvelope(xml);
            xml.close();
            return page;
        } catch (XMLStreamException fault) {
            throw new SourceAway("the answer to " + operation(extraction) + " is no whole XML message", fault);
        }
    }

    private static String operation(Extraction extraction) {
        return extraction.setting("operation", "");
    }

    private void readEnvelope(XMLStreamReader2 xml) throws XMLStreamException {
        xml.require(XMLStreamConstants.START_ELEMENT, SOAP, "Envelope");
        xml.nextTag();
        if (xml.getLocalName().equals("Header")) {
            xml.skipElement();
            xml.nextTag();
        }
        xml.require(XMLStreamConstants.START_ELEMENT, SOAP, "Body");
        xml.nextTag();
        if (xml.getLocalName().equals("Fault")) {
            throw new SourceAway("the answer to " + operation(extraction) + " is a fault", null);
        }
        String namespace = extraction.system().connection().getOrDefault("namespace", "");
        xml.require(XMLStreamConstants.START_ELEMENT, namespace, operation(extraction) + "Response");
        readResponse(xml);
        // To the very end: a message that breaks off here may have lost a page token as well.
        while (xml.hasNext()) {
            xml.next();
        }
    }

    private void readResponse(XMLStreamReader2 xml) throws XMLStreamException {
        String record = extraction.setting("record", "");
        String timeName = extraction.setting("messageTime", "messageTime");
        String tokenName = extraction.setting("nextPageToken", "nextPageToken");
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String name = xml.getLocalName();
            if (name.equals(record)) {
                pieces.add(records.read(xml, pieces.size() + 1));
            } else if (name.equals(timeName)) {
                messageTime = xml.getElementText().strip();
            } else if (name.equals(tokenName)) {
                String token = xml.getElementText().strip();
                nextToken = token.isEmpty() ? null : token;
            } else {
                xml.skipElement();
            }
        }
    }

    List<Piece> pieces() {
        return Collections.unmodifiableList(pieces);
    }

    /** The change times of its records, as text. */
    List<String> changeTimes() {
        Pull.Cursor cursor = extraction.pull().cursor();
        int time = cursor == null ? -1 : layout.indexOf(cursor.time());
        List<String> times = new ArrayList<>();
        for (Piece piece : pieces) {
            String text = time < 0 ? null : piece.values()[time];
            if (text != null) {
                times.add(text);
            }
        }
        return times;
    }

    /** The names of elements in its records that nobody reads. */
    Set<String> others() {
        return records.others();
    }

    @Nullable
    String nextToken() {
        return nextToken;
    }

    Chunk chunk(byte[] envelope, @Nullable Position after) {
        String url = extraction.system().connection().getOrDefault("url", "");
        Origin origin = new Origin(
                "soap", url + "/" + operation(extraction), "sha256:" + Digests.sha256(envelope), null, time());
        return extraction.chunk(layout, pieces(), origin, envelope, after);
    }

    private OffsetDateTime time() {
        try {
            return messageTime == null
                    ? extraction.start()
                    : LocalDateTime.parse(messageTime.replace(' ', 'T'))
                            .atZone(extraction.system().zone())
                            .toOffsetDateTime();
        } catch (DateTimeException otherForm) {
            return extraction.start();
        }
    }
}
