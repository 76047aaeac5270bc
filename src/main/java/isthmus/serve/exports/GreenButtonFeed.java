package isthmus.serve.exports;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.exports.PointReadings.Block;
import isthmus.serve.exports.PointReadings.Stored;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Interval blocks as a Green Button feed: a MeterReading and its ReadingType for each meter, channel and scale, an
 * IntervalBlock for each day. Ids are made of the records' own and name neither a person nor an address; a value that is
 * missing has no IntervalReading.
 */
final class GreenButtonFeed {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String ESPI = "http://naesb.org/espi";
    private static final String ROOT = "/espi/1_1/resource/";
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    private final String id;
    private final String point;
    private final PointReadings.Found found;

    /** @param id of the point, as it was asked for */
    GreenButtonFeed(String id, PointReadings.Found found) {
        this.id = id;
        this.found = found;
        point = ROOT + "Subscription/" + uuid(id) + "/UsagePoint/" + uuid(id);
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    void write(OutputStream out) throws XMLStreamException {
        XMLStreamWriter xml = XML.createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        start(xml, ATOM, "feed");
        said(xml, "id", "urn:uuid:" + uuid("feed " + id));
        said(xml, "title", "Green Button Usage Feed");
        said(xml, "updated", found.updated().toString());
        xml.writeStartElement("author");
        said(xml, "name", "Isthmus");
        xml.writeEndElement();
        link(xml, "self", point);
        entry(xml, point, "Usage point", found.updated(), List.of(point + "/MeterReading", time()), this::usagePoint);
        entry(xml, time(), "Local time", found.updated(), List.of(), this::localTime);
        for (Map.Entry<String, List<Stored>> reading : readings().entrySet()) {
            reading(xml, reading.getKey(), reading.getValue());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    /** The blocks by the name of what they measure. */
    private Map<String, List<Stored>> readings() {
        Map<String, List<Stored>> readings = new LinkedHashMap<>();
        for (Stored stored : found.blocks()) {
            Block block = stored.open();
            if (block.body().path("received").asInt() > 0) {
                String name = String.join(
                        " ",
                        block.text("/meter"),
                        block.text("/series"),
                        block.text("/readingType/quantity"),
                        block.text("/readingType/flow"),
                        block.text("/readingType/accumulation"),
                        block.text("/unit"),
                        block.text("/scale"),
                        block.text("/intervalLength"));
                readings.computeIfAbsent(name, none -> new ArrayList<>()).add(stored);
            }
        }
        return readings;
    }

    private String time() {
        return ROOT + "LocalTimeParameters/" + uuid(found.zone());
    }

    private void reading(XMLStreamWriter xml, String name, List<Stored> blocks) throws XMLStreamException {
        Block first = blocks.get(0).open();
        String self = point + "/MeterReading/" + uuid(id + " " + name);
        String type = ROOT + "ReadingType/" + uuid(name);
        String title = first.text("/readingType/quantity") + " " + first.text("/readingType/flow") + ", "
                + first.text("/series");
        entry(
                xml,
                self,
                title,
                found.updated(),
                List.of(self + "/IntervalBlock", type),
                to -> empty(to, "MeterReading"));
        entry(xml, type, title, found.updated(), List.of(), to -> readingType(to, first));
        for (Stored stored : blocks) {
            Block block = stored.open();
            String address = self + "/IntervalBlock/" + uuid(block.text("/id"));
            entry(xml, address, block.text("/localDate"), block.recorded(), List.of(), to -> block(to, block));
        }
    }

    /** Writes what an entry is about. */
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static void entry(
            XMLStreamWriter xml, String self, String title, Instant updated, List<String> related, Content content)
            throws XMLStreamException {
        xml.writeStartElement("entry");
        said(xml, "id", "urn:uuid:" + uuid(self));
        link(xml, "self", self);
        link(xml, "up", self.substring(0, self.lastIndexOf('/')));
        for (String other : related) {
            link(xml, "related", other);
        }
        said(xml, "title", title);
        xml.writeStartElement("content");
        xml.writeAttribute("type", "application/xml");
        content.write(xml);
        xml.writeEndElement();
        said(xml, "published", updated.toString());
        said(xml, "updated", updated.toString());
        xml.writeEndElement();
    }

    private void usagePoint(XMLStreamWriter xml) throws XMLStreamException {
        start(xml, ESPI, "UsagePoint");
        xml.writeStartElement("ServiceCategory");
        said(xml, "kind", "0");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void localTime(XMLStreamWriter xml) throws XMLStreamException {
        EspiTime time = EspiTime.of(ZoneId.of(found.zone()), found.updated());
        start(xml, ESPI, "LocalTimeParameters");
        said(xml, "dstEndRule", time.end());
        said(xml, "dstOffset", time.offset());
        said(xml, "dstStartRule", time.start());
        said(xml, "tzOffset", time.standard());
        xml.writeEndElement();
    }

    private static void empty(XMLStreamWriter xml, String name) throws XMLStreamException {
        start(xml, ESPI, name);
        xml.writeEndElement();
    }

    private static void readingType(XMLStreamWriter xml, Block block) throws XMLStreamException {
        String unit = block.text("/unit");
        int kilo = EspiCodes.isKilo(unit) ? 3 : 0;
        start(xml, ESPI, "ReadingType");
        said(xml, "accumulationBehaviour", EspiCodes.accumulation(block.text("/readingType/accumulation")));
        said(xml, "commodity", 1);
        said(xml, "dataQualifier", 12);
        said(xml, "defaultQuality", EspiCodes.quality("actual"));
        said(xml, "flowDirection", EspiCodes.flow(block.text("/readingType/flow")));
        said(xml, "intervalLength", length(block).toSeconds());
        said(xml, "kind", EspiCodes.kind(block.text("/readingType/quantity")));
        said(xml, "powerOfTenMultiplier", block.body().path("scale").asInt() + kilo);
        said(xml, "timeAttribute", 0);
        said(xml, "uom", EspiCodes.unit(unit));
        xml.writeEndElement();
    }

    private static Duration length(Block block) {
        return Duration.parse(block.text("/intervalLength"));
    }

    private static void block(XMLStreamWriter xml, Block block) throws XMLStreamException {
        long length = length(block).toSeconds();
        long start = OffsetDateTime.parse(block.text("/start")).toEpochSecond();
        JsonNode values = block.body().path("values");
        String[] flags = flags(block);
        start(xml, ESPI, "IntervalBlock");
        period(xml, "interval", values.size() * length, start);
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNull()) {
                xml.writeStartElement("IntervalReading");
                if (!flags[i].equals("actual")) {
                    xml.writeStartElement("ReadingQuality");
                    said(xml, "quality", EspiCodes.quality(flags[i]));
                    xml.writeEndElement();
                }
                period(xml, "timePeriod", length, start + i * length);
                said(xml, "value", values.get(i).asLong());
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private static String[] flags(Block block) {
        String[] flags = new String[block.body().path("values").size()];
        Arrays.fill(flags, block.text("/defaultQuality"));
        for (JsonNode run : block.body().path("quality")) {
            int at = run.path("at").asInt();
            Arrays.fill(flags, at, at + run.path("n").asInt(), run.path("flag").asText());
        }
        return flags;
    }

    private static void period(XMLStreamWriter xml, String name, long duration, long start) throws XMLStreamException {
        xml.writeStartElement(name);
        said(xml, "duration", duration);
        said(xml, "start", start);
        xml.writeEndElement();
    }

    /** Begins an element whose members are of the same namespace. */
    private static void start(XMLStreamWriter xml, String namespace, String name) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(namespace);
    }

    private static void said(XMLStreamWriter xml, String name, Object value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value.toString());
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
    }
}
