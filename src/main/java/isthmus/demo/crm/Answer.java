package isthmus.demo.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The messages that the service sends, in UTF-8. */
final class Answer {
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    /** Writes the content of a message. */
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private Answer() {}

    /** A page, every row an element of that name with its fields as elements in the order of the contract. */
    static byte[] page(String operation, String element, String messageTime, Page page) {
        return envelope(xml -> {
            xml.writeStartElement(CustomerService.NAMESPACE, operation + "Response");
            text(xml, "messageTime", messageTime);
            PageToken next = page.next();
            if (next != null) {
                text(xml, "nextPageToken", next.written());
            }
            for (JsonNode row : page.rows()) {
                xml.writeStartElement(CustomerService.NAMESPACE, element);
                fields(xml, element, row);
                xml.writeEndElement();
            }
            xml.writeEndElement();
        });
    }

    private static void fields(XMLStreamWriter xml, String element, JsonNode row) throws XMLStreamException {
        for (String name : Contract.inOrder(element, row)) {
            JsonNode value = row.path(name);
            if (value.isArray()) {
                xml.writeStartElement(CustomerService.NAMESPACE, name);
                String one = name.replaceFirst("s$", "");
                for (JsonNode item : value) {
                    xml.writeStartElement(CustomerService.NAMESPACE, one);
                    fields(xml, one, item);
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            } else if (!value.isNull()) {
                text(xml, name, value.asText());
            }
        }
    }

    static byte[] fault(String code, String message) {
        return envelope(xml -> {
            xml.writeStartElement("soap", "Fault", SOAP);
            xml.writeStartElement("faultcode");
            xml.writeNamespace("wsse", WSSE);
            xml.writeCharacters(code);
            xml.writeEndElement();
            xml.writeStartElement("faultstring");
            xml.writeCharacters(message);
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    /** Written as characters first: told of an encoding, the writer takes surrogate pairs apart. */
    private static byte[] envelope(Content content) {
        var out = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("soap", "Envelope", SOAP);
            xml.writeNamespace("soap", SOAP);
            xml.setPrefix("c", CustomerService.NAMESPACE);
            xml.writeNamespace("c", CustomerService.NAMESPACE);
            xml.writeStartElement("soap", "Body", SOAP);
            content.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes everything", e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void text(XMLStreamWriter xml, String element, String value) throws XMLStreamException {
        xml.writeStartElement(CustomerService.NAMESPACE, element);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }
}
