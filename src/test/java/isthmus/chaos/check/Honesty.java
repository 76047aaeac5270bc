package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;

/** I5 and I8: the feed has caught up, and health is not UP while a system or the feed stands still. */
final class Honesty {
    private static final String BEHIND = "select count(*) from chunk_log where position >"
            + " coalesce((select max(position) from feed_position where name = 'kafka'), 0)";
    private static final String NOT_GREEN = "select system || ': ' || state from (select distinct on (system) system,"
            + " state from run where state <> 'running' order by system, run desc) as latest where state <> 'green'";

    private Honesty() {}

    static void progress(Ground ground, Verdict verdict) throws SQLException {
        long behind = ground.number(BEHIND);
        verdict.count("lag", behind);
        verdict.require(behind == 0, "the relay is %d chunks behind", behind);
        verdict.remark("lag is looked at once, when the checker is run; a test waits for it beforehand");
    }

    static void health(Ground ground, Verdict verdict) throws IOException, SQLException {
        Ground.Hub hub = ground.hub();
        if (hub == null) {
            verdict.remark("no hub was given (--hub)");
            return;
        }
        JsonNode health = new HubPages(hub.management()).health();
        String status = health.path("status").asText();
        verdict.count("status", status);
        for (String system : ground.texts(NOT_GREEN)) {
            verdict.require(!status.equals("UP"), "health is UP, and the last run of %s", system);
            String name = system.substring(0, system.indexOf(':'));
            verdict.require(health.toString().contains('"' + name + '"'), "health does not name %s", name);
        }
        health.path("components").properties().forEach(part -> {
            JsonNode details = part.getValue().path("details");
            verdict.require(
                    part.getValue().path("status").asText().equals("UP") || !details.isEmpty(),
                    "health is down in %s and names no cause",
                    part.getKey());
        });
    }
}
