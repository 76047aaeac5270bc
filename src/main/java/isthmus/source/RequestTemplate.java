package isthmus.source;

import isthmus.model.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A request whose elements hold {@code {since}} or {@code {pageToken}}; an element without a value for its own is left out. */
final class RequestTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

    private RequestTemplate() {}

    static Document fill(String template, Map<String, String> values) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(template)));
            fill(document.getDocumentElement(), values);
            return document;
        } catch (ParserConfigurationException | SAXException | IOException fault) {
            throw new ContractBroken(Reason.CONFIG, "a request template is not XML: " + fault.getMessage());
        }
    }

    private static void fill(Element element, Map<String, String> values) {
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < element.getChildNodes().getLength(); i++) {
            children.add(element.getChildNodes().item(i));
        }
        for (Node child : children) {
            if (child instanceof Element inner) {
                fill(inner, values);
            } else if (child.getNodeType() == Node.TEXT_NODE) {
                Matcher matcher = PLACEHOLDER.matcher(child.getNodeValue().strip());
                if (matcher.matches() && !values.containsKey(matcher.group(1))) {
                    element.getParentNode().removeChild(element);
                } else if (matcher.matches()) {
                    child.setNodeValue(values.get(matcher.group(1)));
                }
            }
        }
    }
}
