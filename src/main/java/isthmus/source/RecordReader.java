package isthmus.source;

import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record element by the names of its contract: simple elements are columns, an element named like a child table
 * holds its rows, anything else is passed over.
 */
final class RecordReader {
    private final Layout layout;
    private final int[] key;
    private final String text;
    private final Set<String> others = new TreeSet<>();
    private Outcome.@Nullable Rejected refusal;

    /** @param text the whole message, so that every record's own text can be cut out of it */
    RecordReader(Layout layout, int[] key, String text) {
        this.layout = layout;
        this.key = key;
        this.text = text;
    }

    Piece read(XMLStreamReader2 xml, int ordinal) throws XMLStreamException {
        refusal = null;
        int start = (int) xml.getLocationInfo().getStartingCharOffset();
        String declared = declaredAround(xml);
        @Nullable String[] values = new String[layout.columns().size()];
        List<List<@Nullable String[]>> children = new ArrayList<>();
        layout.childNames().forEach(child -> children.add(new ArrayList<>()));
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                int child = layout.childIndexOf(xml.getLocalName());
                if (child >= 0) {
                    rows(xml, Objects.requireNonNull(layout.child(xml.getLocalName())), children.get(child));
                } else {
                    field(xml, layout, values);
                }
            }
        }
        int end = (int) xml.getLocationInfo().getEndingCharOffset();
        Supplier<byte[]> bytes =
                () -> kept(text.substring(start, end), declared).getBytes(StandardCharsets.UTF_8);
        return new Piece(values, children, ordinal, locator(values, ordinal), bytes, refusal);
    }

    /** What makes a {@code nil} of the element one, and stands outside of it. */
    private static String declaredAround(XMLStreamReader2 xml) {
        Set<String> prefixes = new TreeSet<>();
        Iterator<String> bound = xml.getNamespaceContext().getPrefixes(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
        bound.forEachRemaining(prefixes::add);
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            prefixes.remove(xml.getNamespacePrefix(i) == null ? "" : xml.getNamespacePrefix(i));
        }
        prefixes.remove("");
        StringBuilder declared = new StringBuilder();
        prefixes.forEach(prefix -> declared.append(" xmlns:")
                .append(prefix)
                .append("=\"")
                .append(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)
                .append('"'));
        return declared.toString();
    }

    private static String kept(String element, String declared) {
        if (declared.isEmpty() || !element.contains(":nil")) {
            return element;
        }
        int name = 1;
        while (" \t\r\n/>".indexOf(element.charAt(name)) < 0) {
            name++;
        }
        return element.substring(0, name) + declared + element.substring(name);
    }

    private void rows(XMLStreamReader2 xml, Layout row, List<@Nullable String[]> rows) throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                @Nullable String[] values = new String[row.columns().size()];
                while (xml.next() != XMLStreamConstants.END_ELEMENT) {
                    if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                        field(xml, row, values);
                    }
                }
                rows.add(values);
            }
        }
    }

    private void field(XMLStreamReader2 xml, Layout layout, @Nullable String[] values) throws XMLStreamException {
        String name = xml.getLocalName();
        int column = layout.indexOf(name);
        if (column < 0) {
            others.add(name);
            xml.skipElement();
            return;
        }
        boolean isNil = "true".equals(xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
        String value = simpleText(xml, name);
        if (values[column] != null) {
            refusal = new Outcome.Rejected(Reason.SCHEMA, name, "expected one element of that name");
        }
        values[column] = isNil ? null : value;
    }

    /** The names of elements that were passed over. */
    Set<String> others() {
        return others;
    }

    private String simpleText(XMLStreamReader2 xml, String name) throws XMLStreamException {
        StringBuilder out = new StringBuilder();
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            switch (xml.getEventType()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    out.append(xml.getText());
                case XMLStreamConstants.START_ELEMENT -> {
                    refusal = new Outcome.Rejected(Reason.SCHEMA, name, "expected text, not elements");
                    xml.skipElement();
                }
                default -> {
                    // Comments and processing instructions say nothing of the record.
                }
            }
        }
        return out.toString();
    }

    private String locator(@Nullable String[] values, int ordinal) {
        List<String> parts = new ArrayList<>();
        for (int column : key) {
            parts.add(Locators.trimmed(values[column]));
        }
        String joined = String.join("/", parts);
        return parts.stream().allMatch(String::isEmpty) ? "page:" + ordinal : joined;
    }
}
