package isthmus.cli;

import isthmus.catalog.Draft;
import isthmus.catalog.LegacySystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Operations and elements of the WSDL that lies in a system's folder. */
final class FoundElements {
    private final Document wsdl;

    FoundElements(LegacySystem system) {
        Path file = system.folder().resolve(system.connection().getOrDefault("wsdl", ""));
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            wsdl = factory.newDocumentBuilder().parse(file.toFile());
        } catch (IOException | SAXException | ParserConfigurationException fault) {
            throw new Refusal(Exit.USAGE, file + " is no WSDL: " + Causes.describe(fault));
        }
    }

    private List<Element> all(String name) {
        NodeList nodes = wsdl.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    Table list() {
        Table table = new Table("", "name", "holds");
        all("operation").stream()
                .map(operation -> operation.getAttribute("name"))
                .distinct()
                .forEach(operation -> table.row("operation", operation, ""));
        types().forEach((name, members) -> table.row("type", name, String.join(" ", members.keySet())));
        return table;
    }

    /** The members of every complex type that has some, by the type's or its element's name. */
    private Map<String, Map<String, String>> types() {
        Map<String, Map<String, String>> types = new LinkedHashMap<>();
        for (Element type : all("complexType")) {
            String name = type.getAttribute("name");
            if (name.isEmpty() && type.getParentNode() instanceof Element parent) {
                name = parent.getAttribute("name");
            }
            Map<String, String> members = new LinkedHashMap<>();
            NodeList inside = type.getElementsByTagNameNS("*", "element");
            for (int i = 0; i < inside.getLength(); i++) {
                Element member = (Element) inside.item(i);
                members.put(member.getAttribute("name"), member.getAttribute("type"));
            }
            types.put(name, members);
        }
        return types;
    }

    DiscoverCommand.Proposal propose(String name, String pull, String entity) {
        Map<String, Map<String, String>> types = types();
        Map<String, String> members = types.getOrDefault(name, Map.of());
        if (members.isEmpty()) {
            throw new Refusal(
                    Exit.USAGE, "The WSDL has no type " + name + " with elements; there are " + types.keySet() + ".");
        }
        List<Draft.Found> columns = new ArrayList<>();
        members.forEach((member, type) -> columns.add(new Draft.Found(member, read(type), Draft.isPersonal(member))));
        String cursor = columns.stream()
                .filter(column -> column.type().equals("time"))
                .map(Draft.Found::name)
                .filter(time -> time.matches("(?i).*(chang|mod|upd).*"))
                .findFirst()
                .orElse(null);
        Draft draft = new Draft(pull, entity, columns, List.of(columns.get(0).name()), cursor);
        List<String> settings = List.of("operation: Name   # which answers with it", "record: " + name);
        String request = "<!-- What " + pull
                + " asks; an element without a value is left out. -->\n<Name>\n  <since>{since}</since>\n"
                + "  <pageToken>{pageToken}</pageToken>\n</Name>\n";
        String about = name + ": " + columns.size() + " elements; its key is a guess, the first of them";
        return DiscoverCommand.Proposal.of(draft, settings, Map.of(pull + ".request.xml", request), about);
    }

    private static String read(String type) {
        String plain = type.substring(type.indexOf(':') + 1);
        return switch (plain) {
            case "dateTime" -> "time";
            case "date" -> "date";
            case "decimal" -> "decimal(2)";
            default -> "text";
        };
    }
}
