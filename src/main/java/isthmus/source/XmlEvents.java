package isthmus.source;

import isthmus.model.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/** XML by local names, without regard to namespaces; a DTD is refused. */
final class XmlEvents implements TreeEvents {
    private final XMLStreamReader2 xml;
    private final Window window;
    private final Deque<String> open = new ArrayDeque<>();
    private boolean isNil;

    XmlEvents(Window window) throws Refused {
        this.window = window;
        try {
            xml = SafeXml.stream(window);
        } catch (XMLStreamException fault) {
            throw refused(fault);
        }
    }

    @Override
    public Step next() throws Refused {
        try {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                open.push(xml.getPrefixedName());
            }
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        isNil = "true"
                                .equals(xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
                        return Step.START;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        open.pop();
                        isNil = false;
                        return Step.END;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        return Step.TEXT;
                    }
                    case XMLStreamConstants.DTD -> throw new Refused(Reason.XML, "the document holds a DTD");
                    default -> {
                        // Comments and processing instructions say nothing of a record.
                    }
                }
            }
            return Step.DONE;
        } catch (XMLStreamException fault) {
            throw refused(fault);
        }
    }

    private static Refused refused(XMLStreamException fault) {
        if (fault.getNestedException() instanceof java.nio.charset.CharacterCodingException) {
            return new Refused(Reason.CHARSET, "not in the encoding that it names");
        }
        int line = fault.getLocation() == null ? 0 : fault.getLocation().getLineNumber();
        return new Refused(Reason.XML, "not well-formed, or beyond the limits, at line " + line);
    }

    @Override
    public String name() {
        return xml.getLocalName();
    }

    @Override
    public @Nullable String text() {
        return isNil ? null : xml.getText();
    }

    @Override
    public Iterable<Node> attributes() {
        List<Node> attributes = new ArrayList<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            Node attribute = new Node("@" + xml.getAttributeLocalName(i));
            attribute.say(xml.getAttributeValue(i));
            attributes.add(attribute);
        }
        return attributes;
    }

    @Override
    public long start() {
        return xml.getLocationInfo().getStartingCharOffset();
    }

    @Override
    public long end() {
        try {
            return xml.getLocationInfo().getEndingCharOffset();
        } catch (XMLStreamException fault) {
            throw new IllegalStateException("the event was read already", fault);
        }
    }

    @Override
    public String closing() {
        StringBuilder closing = new StringBuilder();
        open.forEach(name -> closing.append("</").append(name).append('>'));
        return closing.toString();
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
