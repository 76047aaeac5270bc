package isthmus.demo.crm;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One SOAP call: the operation, its arguments and the user name token; what is missing is empty. */
record Request(String operation, String since, int pageSize, String pageToken, UsernameToken user) {
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final XMLInputFactory XML = factory();

    /** The caller's fault, told back as a SOAP fault with the code. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What makes two calls the same call: all but the token, which is new each time. */
    String call() {
        return operation + " " + since + " " + pageToken;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static Request read(InputStream body) throws Refused {
        var texts = new HashMap<String, String>();
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(body);
            xml.nextTag();
            xml.require(XMLStreamReader.START_ELEMENT, SOAP, "Envelope");
            collect(xml, texts);
        } catch (XMLStreamException e) {
            throw new Refused("soap:Client", "not a SOAP 1.1 message");
        }
        return new Request(
                text(texts, "operation"),
                text(texts, "since"),
                number(text(texts, "pageSize")),
                text(texts, "pageToken"),
                new UsernameToken(
                        text(texts, "Username"),
                        text(texts, "Password"),
                        text(texts, "Nonce"),
                        text(texts, "Created")));
    }

    private static void collect(XMLStreamReader xml, Map<String, String> texts) throws XMLStreamException {
        boolean inBody = false;
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                if (inBody) {
                    String name = xml.getLocalName();
                    boolean ours = CustomerService.NAMESPACE.equals(xml.getNamespaceURI());
                    texts.putIfAbsent("operation", ours ? name : "");
                }
                inBody = inBody || (SOAP.equals(xml.getNamespaceURI()) && "Body".equals(xml.getLocalName()));
                text.setLength(0);
            } else if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.CDATA) {
                text.append(xml.getText());
            } else if (event == XMLStreamReader.END_ELEMENT) {
                String namespace = xml.getNamespaceURI();
                boolean known = inBody
                        ? CustomerService.NAMESPACE.equals(namespace)
                        : WSSE.equals(namespace) || WSU.equals(namespace);
                if (known) {
                    texts.putIfAbsent(xml.getLocalName(), text.toString().strip());
                }
                text.setLength(0);
            }
        }
    }

    private static String text(Map<String, String> texts, String name) {
        return texts.getOrDefault(name, "");
    }

    private static int number(String text) throws Refused {
        try {
            return text.isEmpty() ? 500 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refused("soap:Client", "pageSize is not a number");
        }
    }
}
