package isthmus.contract;

import isthmus.catalog.Pull;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a WSDL says of a pull: its operation, and the elements of its records and of their child rows. */
public final class WsdlTerms {
    private final Document wsdl;

    private WsdlTerms(Document wsdl) {
        this.wsdl = wsdl;
    }

    /** The contract of today; empty for what is no WSDL, or keeps its types in another document. */
    public static Optional<Contract> read(InputStream in, Pull pull) throws IOException {
        String record = pull.settings().getOrDefault("record", "");
        WsdlTerms terms = new WsdlTerms(parsed(in));
        List<Term> members = terms.all("element")
                .filter(element -> element.getAttribute("name").equals(record))
                .flatMap(element -> Stream.ofNullable(terms.complex(element)))
                .findFirst()
                .map(terms::ofRecord)
                .orElse(List.of());
        if (members.isEmpty()) {
            return Optional.empty();
        }
        List<Term> all = new ArrayList<>(members);
        terms.all("operation")
                .map(operation -> Contract.operation(operation.getAttribute("name")))
                .distinct()
                .map(Term::named)
                .forEach(all::add);
        return Optional.of(Contract.of(pull, all));
    }

    private static Document parsed(InputStream in) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(in);
        } catch (SAXException | ParserConfigurationException fault) {
            throw new IOException("no WSDL", fault);
        }
    }

    private List<Term> ofRecord(Element type) {
        List<Term> terms = new ArrayList<>();
        for (Element member : members(type)) {
            Element table = complex(member);
            if (table == null) {
                terms.add(simple("", member));
            } else {
                String child = member.getAttribute("name") + ".";
                members(table).stream()
                        .flatMap(row -> Stream.ofNullable(complex(row)))
                        .flatMap(row -> members(row).stream())
                        .forEach(field -> terms.add(simple(child, field)));
            }
        }
        return terms;
    }

    /** The elements of a complex type and of the one that it extends; not those of the types inside it. */
    private List<Element> members(Element type) {
        List<Element> members = new ArrayList<>();
        for (Element child : children(type)) {
            if (child.getLocalName().equals("element")) {
                members.add(child);
                continue;
            }
            if (child.getLocalName().equals("extension")) {
                named("complexType", child.getAttribute("base")).ifPresent(base -> members.addAll(members(base)));
            }
            members.addAll(members(child));
        }
        return members;
    }

    private @Nullable Element complex(Element element) {
        return children(element).stream()
                .filter(child -> child.getLocalName().equals("complexType"))
                .findFirst()
                .or(() -> named("complexType", element.getAttribute("type")))
                .orElse(null);
    }

    private Term simple(String prefix, Element element) {
        String name = prefix + element.getAttribute("name");
        boolean isOptional =
                element.getAttribute("minOccurs").equals("0") || Boolean.parseBoolean(element.getAttribute("nillable"));
        Element type = children(element).stream()
                .filter(child -> child.getLocalName().equals("simpleType"))
                .findFirst()
                .or(() -> named("simpleType", element.getAttribute("type")))
                .orElse(null);
        if (type == null) {
            return Term.xsd(name, local(element.getAttribute("type")), -1, -1, isOptional);
        }
        NodeList restrictions = type.getElementsByTagNameNS("*", "restriction");
        String base = restrictions.getLength() == 0 ? "" : ((Element) restrictions.item(0)).getAttribute("base");
        int size = Math.max(facet(type, "maxLength"), Math.max(facet(type, "length"), facet(type, "totalDigits")));
        return Term.xsd(name, local(base), size, facet(type, "fractionDigits"), isOptional);
    }

    private static int facet(Element type, String name) {
        NodeList facets = type.getElementsByTagNameNS("*", name);
        String value = facets.getLength() == 0 ? "" : ((Element) facets.item(0)).getAttribute("value");
        return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    }

    private Optional<Element> named(String kind, String name) {
        return name.isEmpty()
                ? Optional.empty()
                : all(kind)
                        .filter(type -> type.getAttribute("name").equals(local(name)))
                        .findFirst();
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private Stream<Element> all(String name) {
        return elements(wsdl.getElementsByTagNameNS("*", name)).stream();
    }

    private static List<Element> children(Element parent) {
        return elements(parent.getChildNodes());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
