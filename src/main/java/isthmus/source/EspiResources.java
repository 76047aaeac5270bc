package isthmus.source;

import isthmus.model.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the blocks of a Green Button feed are about: its small resources, by the address that links lead to. */
final class EspiResources {
    static final String[] BLOCK = {"content", "IntervalBlock"};

    private static final List<String> KINDS =
            List.of("UsagePoint", "MeterReading", "ReadingType", "LocalTimeParameters");
    private static final String[] LINK = {"link"};
    private static final int MOST = 50_000;
    private static final int LONGEST = 1 << 16;

    private final Map<String, Resource> byAddress = new HashMap<>();
    private final List<Resource> times = new ArrayList<>();
    private @Nullable Instant firstBlock;

    private record Resource(String kind, String self, List<String> related, Node entry, Node content, String raw) {}

    /**
     * A block with all that its links lead to.
     *
     * @param raw the entries of those
     * @param isWhole false when no ReadingType says what the values are
     */
    record Joined(Node record, String raw, boolean isWhole) {}

    void add(Node entry, String raw) throws Refused {
        for (Node block : entry.at(BLOCK)) {
            if (firstBlock == null) {
                firstBlock = Instants.parse(text(block, "interval", "start"), ZoneId.of("Z"));
            }
        }
        for (String kind : KINDS) {
            for (Node content : entry.at(new String[] {"content", kind})) {
                if (byAddress.size() >= MOST || raw.length() > LONGEST) {
                    throw new Refused(Reason.LINE_LENGTH, "more or larger resources than a feed may have");
                }
                Resource resource = new Resource(kind, href(entry, "self"), related(entry), entry, content, raw);
                byAddress.put(resource.self(), resource);
                if (kind.equals("LocalTimeParameters")) {
                    times.add(resource);
                }
            }
        }
    }

    private static String href(Node entry, String rel) {
        for (Node link : entry.at(LINK)) {
            if (rel.equals(text(link, "@rel"))) {
                return String.valueOf(text(link, "@href"));
            }
        }
        return "";
    }

    private static List<String> related(Node entry) {
        List<String> related = new ArrayList<>();
        for (Node link : entry.at(LINK)) {
            if ("related".equals(text(link, "@rel"))) {
                related.add(String.valueOf(text(link, "@href")));
            }
        }
        return related;
    }

    private static @Nullable String text(Node node, String... path) {
        List<Node> found = node.at(path);
        return found.isEmpty() ? null : found.get(0).text();
    }

    /** A feed of another place has other days: refused, unless its standard offset is the zone's. */
    void requireZone(ZoneId zone) throws Refused {
        Instant at = firstBlock == null ? Instant.EPOCH : firstBlock;
        for (Resource time : times) {
            String offset = text(time.content(), "tzOffset");
            int standard = zone.getRules().getStandardOffset(at).getTotalSeconds();
            if (offset != null && !offset.strip().equals(Integer.toString(standard))) {
                throw new Refused(Reason.FILE_ZONE, "tzOffset is not that of " + zone + ", " + standard + " seconds");
            }
        }
    }

    Joined join(Node entry, Node block) {
        StringBuilder raw = new StringBuilder();
        Node record = new Node("IntervalBlock");
        block.at(new String[] {"*"}).forEach(record::add);
        Resource reading = byAddress.get(parent(href(entry, "up")));
        if (reading == null) {
            reading = byAddress.get(parent(parent(href(entry, "self"))));
        }
        boolean isWhole = false;
        if (reading != null) {
            add(record, raw, reading, "meterReadingId");
            for (String address : reading.related()) {
                Resource type = byAddress.get(address);
                if (type != null && type.kind().equals("ReadingType")) {
                    add(record, raw, type, "readingTypeId");
                    isWhole = true;
                }
            }
            Resource point = byAddress.get(parent(parent(reading.self())));
            if (point != null) {
                add(record, raw, point, "usagePointId");
                record.add(leaf("customerId", last(parent(parent(point.self())))));
                times.forEach(time -> add(record, raw, time, "timeId"));
            }
        }
        return new Joined(record, raw.toString(), isWhole);
    }

    private static void add(Node record, StringBuilder raw, Resource resource, String id) {
        record.add(resource.content());
        record.add(leaf(id, last(resource.self())));
        raw.append(resource.raw());
    }

    private static Node leaf(String name, String text) {
        Node leaf = new Node(name);
        leaf.say(text);
        return leaf;
    }

    private static String parent(String address) {
        int slash = address.lastIndexOf('/');
        return slash < 0 ? "" : address.substring(0, slash);
    }

    private static String last(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
