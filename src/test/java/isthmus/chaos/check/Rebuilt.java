package isthmus.chaos.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;

/** What somebody has who only ever heard the feed: of each record the version with the greatest sequence. */
public final class Rebuilt {
    private final Map<String, Event> versions = new ConcurrentHashMap<>();

    /** Events come again after a restart, and then change nothing. */
    void hear(Event event) {
        versions.merge(
                event.subject(),
                event,
                (held, heard) -> heard.text("sequence").compareTo(held.text("sequence")) < 0 ? held : heard);
    }

    public int size() {
        return versions.size();
    }

    /** One hash over id, content hash and bytes of every record that is not deleted, by id. */
    public String hash() {
        Map<String, String> lines = new TreeMap<>();
        versions.forEach((id, event) -> {
            if (event.op().equals("upsert")) {
                lines.put(id, event.text("contenthash") + ' ' + event.record());
            }
        });
        return hash(lines);
    }

    /** The same over the store, as it is stored and told to Kafka. */
    public static String hashOfStore(Ground ground) throws IOException, SQLException {
        return hashOfStore(ground, (id, body) -> body);
    }

    /** The same in clear, as it is told over HTTP to this machine. */
    public static String hashOfStoreInClear(Ground ground) throws IOException, SQLException {
        return hashOfStore(ground, ground.unsealed()::open);
    }

    private static String hashOfStore(Ground ground, BinaryOperator<String> told) throws IOException, SQLException {
        Map<String, String> lines = new TreeMap<>();
        ground.each("select id, contenthash, body::text from record where not deleted", row -> {
            String id = row.getString(1);
            lines.put(id, row.getString(2) + ' ' + told.apply(id, row.getString(3)));
        });
        return hash(lines);
    }

    private static String hash(Map<String, String> lines) {
        StringBuilder all = new StringBuilder();
        lines.forEach((id, line) -> all.append(id).append(' ').append(line).append('\n'));
        return HexFormat.of().formatHex(Event.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
