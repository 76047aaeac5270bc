package isthmus.chaos.check;

import isthmus.demo.truth.Unsealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** I3: what a consumer sees after it has dropped what it has seen before, against the change log and the store. */
final class Feed {
    private final Ground ground;
    private final Verdict verdict;
    private final ContentHash hashes;
    private final Unsealed unsealed;
    private final Map<String, Event> byId = new HashMap<>();
    private final Map<String, Event> last = new HashMap<>();

    private Feed(Ground ground, Verdict verdict) throws SQLException {
        unsealed = ground.unsealed();
        this.ground = ground;
        this.verdict = verdict;
        hashes = new ContentHash(ground.text("ISTHMUS_HMAC_KEY"));
    }

    static void check(Ground ground, Verdict verdict) throws IOException, SQLException {
        midway(ground, verdict).compareWithTheStore();
    }

    /** What holds while the feed is behind: order, identity, no gap, nothing that was not committed. */
    static Feed midway(Ground ground, Verdict verdict) throws IOException, SQLException {
        Feed feed = new Feed(ground, verdict);
        verdict.count("resent", 0L);
        new Topics(ground.text("ISTHMUS_KAFKA")).each(feed::see);
        verdict.count("events", feed.byId.size());
        verdict.count("subjects", feed.last.size());
        feed.compareWithTheLog();
        return feed;
    }

    private void see(Event event) {
        Event before = byId.putIfAbsent(event.text("id"), event);
        if (before != null) {
            verdict.add("resent");
            verdict.require(
                    before.equals(event),
                    "event %s of %s was told again with other content",
                    event.text("id"),
                    event.subject());
            return;
        }
        String subject = event.subject();
        verdict.require(event.key().equals(subject), "%s lies under the key %s", subject, event.key());
        verdict.require(
                event.text("id").equals(event.expectedId()),
                "event id %s of %s should be %s",
                event.text("id"),
                subject,
                event.expectedId());
        byte[] aggregate = event.text("partitionkey").getBytes(StandardCharsets.UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(aggregate)) % event.partitions();
        verdict.require(
                partition == event.partition(),
                "%s lies in partition %d, not %d",
                subject,
                event.partition(),
                partition);
        if (event.op().equals("upsert")) {
            String hash = hashes.like(event.text("contenthash"), unsealed.open(subject, event.record()));
            verdict.require(
                    hash.equals(event.text("contenthash")), "the record of %s does not have its content hash", subject);
        }
        Event earlier = last.put(subject, event);
        verdict.require(
                earlier == null || event.text("sequence").compareTo(earlier.text("sequence")) > 0,
                "the sequence of %s does not rise to %s",
                subject,
                event.text("sequence"));
    }

    /** No gap behind the position that the relay has marked, and nothing on the feed that was never committed. */
    private void compareWithTheLog() throws SQLException {
        Map<String, Boolean> told = new HashMap<>();
        ground.each(
                "select id, op, sequence, contenthash, position <= coalesce((select max(position) from feed_position"
                        + " where name = 'kafka'), 0) from change join chunk_log using (chunk)",
                row -> told.merge(
                        Event.id(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        row.getBoolean(5),
                        Boolean::logicalOr));
        told.forEach((id, isTold) ->
                verdict.require(!isTold || byId.containsKey(id), "event %s is marked as told and is not there", id));
        byId.forEach((id, event) ->
                verdict.require(told.containsKey(id), "event %s of %s is not in the change log", id, event.subject()));
    }

    private void compareWithTheStore() throws SQLException {
        ground.each("select id, contenthash, deleted, body::text from record", row -> {
            String id = row.getString(1);
            Event event = last.remove(id);
            if (event == null) {
                verdict.breach("%s is in the store and was never told", id);
                return;
            }
            verdict.require(
                    event.text("contenthash").equals(row.getString(2)),
                    "the last event of %s has another content hash than the store",
                    id);
            verdict.require(
                    event.op().equals("delete") == row.getBoolean(3),
                    "store and feed do not agree that %s is gone",
                    id);
            verdict.require(
                    event.record().equals(row.getString(4)),
                    "the last event of %s has another record than the store",
                    id);
        });
        last.keySet().forEach(id -> verdict.breach("%s was told and is not in the store", id));
    }
}
