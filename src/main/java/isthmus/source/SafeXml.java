package isthmus.source;

import com.ctc.wstx.api.WstxInputProperties;
import isthmus.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.ServiceLoader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** XML from outside: no DTD, no entity but the five, no depth or width that hurts, no character replaced. */
final class SafeXml {
    private static final XMLInputFactory2 FACTORY = factory(2_000_000L);
    /** For files that are read record by record, however many there are. */
    private static final XMLInputFactory2 STREAMS = factory(Long.MAX_VALUE);

    private SafeXml() {}

    private static XMLInputFactory2 factory(long elements) {
        XMLInputFactory2 factory = ServiceLoader.load(XMLInputFactory.class).stream()
                .filter(provider -> XMLInputFactory2.class.isAssignableFrom(provider.type()))
                .map(provider -> (XMLInputFactory2) provider.get())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Woodstox comes with CXF"));
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        // A fault in a text is told where the text is reached, and not by an unchecked exception where it is asked for.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 64);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 64);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 16);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, 1 << 20);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, elements);
        return factory;
    }

    /** A reader that stands before the document; whoever reads refuses the DTD. */
    static XMLStreamReader2 stream(Reader text) throws XMLStreamException {
        return (XMLStreamReader2) STREAMS.createXMLStreamReader(text);
    }

    /** The encoding that a document names, or that its first bytes show, else UTF-8. */
    static Charset charset(InputStream document) throws XMLStreamException {
        XMLStreamReader head = FACTORY.createXMLStreamReader(document);
        String named = head.getCharacterEncodingScheme();
        String found = head.getEncoding();
        head.close();
        try {
            String name = named != null && !named.toUpperCase(Locale.ROOT).startsWith("UTF-16") ? named : found;
            Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            if (!charset.canEncode()) {
                // What is kept of a record is written in its document's own charset.
                throw new XMLStreamException("in an encoding that cannot be written");
            }
            return charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException fault) {
            throw new XMLStreamException("in an encoding that nobody knows", fault);
        }
    }

    /** The message's text, decoded strictly in the encoding that it names itself, else UTF-8. */
    static String decode(byte[] message) throws XMLStreamException {
        Charset charset = charset(new ByteArrayInputStream(message));
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(message)).toString();
            boolean hasMark = !text.isEmpty() && text.charAt(0) == '\uFEFF';
            return hasMark ? text.substring(1) : text;
        } catch (CharacterCodingException fault) {
            throw new XMLStreamException("not in the encoding it names", fault);
        }
    }

    /** A reader that stands at the root element; a DTD before it is refused. */
    static XMLStreamReader2 reader(String text) throws XMLStreamException {
        XMLStreamReader2 xml = (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(text));
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw new ContractBroken(Reason.XML, "the answer holds a DTD");
            }
        }
        return xml;
    }
}
