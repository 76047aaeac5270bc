package isthmus.demo.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what must come out against what lies in the store and on the feed. Tell it the truth first, then every stored row,
 * every event and every refusal, then ask for the findings.
 */
final class Comparison {
    private static final int SAMPLES = 20;

    private final Map<Digest, Expected> expected = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Set<String> explained = new HashSet<>();
    private final Set<Digest> eventIds = new HashSet<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Finding> samples = new ArrayList<>();

    /** One thing that does not hold; {@code actual} is the canonical form found, for the difference by field. */
    record Finding(
            String kind,
            String entity,
            String id,
            String why,
            @Nullable String actual) {}

    private static final class Expected {
        private final Digest body;
        private final boolean pending;
        private boolean stored;
        private @Nullable Digest fed;
        private String sequence = "";

        Expected(Digest body, boolean pending) {
            this.body = body;
            this.pending = pending;
        }
    }

    Comparison() {
        for (String kind : List.of("lost", "duplicated", "wrong", "unexplained")) {
            counts.put(kind, 0L);
        }
    }

    void expect(String id, String canonical, boolean pending) {
        expected.put(Digest.of(id), new Expected(Digest.of(canonical), pending));
    }

    void expectRefusal(String system, String entity, String locator, String reason) {
        refusals.put(place(system, entity, locator) + "\n" + reason, reason);
    }

    /** A row of the store: its key, the id inside its body, and its body in canonical form. */
    void stored(String entity, String rowId, String bodyId, String canonical, boolean pending) {
        Expected truth = expected.get(Digest.of(bodyId));
        if (truth == null) {
            find("unexplained", entity, rowId, "in the store, not in the truth", null);
            return;
        }
        if (truth.stored) {
            find("duplicated", entity, rowId, "a second row says " + bodyId, null);
            return;
        }
        truth.stored = true;
        if (!rowId.equals(bodyId)) {
            find("wrong", entity, rowId, "the row's key is not the record's id " + bodyId, null);
        } else if (!truth.body.equals(Digest.of(canonical))) {
            find("wrong", entity, rowId, "the stored record differs", canonical);
        } else if (truth.pending != pending) {
            find(
                    "wrong",
                    entity,
                    rowId,
                    pending ? "REF-PENDING although the parent is there" : "REF-PENDING is missing",
                    null);
        }
    }

    /** An event of the feed, in the order of its partition. */
    void fed(String entity, String subject, String eventId, String sequence, String canonical) {
        if (!eventIds.add(Digest.of(eventId))) {
            find("duplicated", entity, subject, "the event " + eventId + " came twice", null);
            return;
        }
        Expected truth = expected.get(Digest.of(subject));
        if (truth == null) {
            find("unexplained", entity, subject, "on the feed, not in the truth", null);
            return;
        }
        if (sequence.compareTo(truth.sequence) <= 0) {
            find("wrong", entity, subject, "sequence " + sequence + " does not rise over " + truth.sequence, null);
        }
        truth.sequence = sequence;
        truth.fed = Digest.of(canonical);
    }

    void refused(String system, String entity, String locator, String reason) {
        String place = place(system, entity, locator) + "\n" + reason;
        if (refusals.containsKey(place)) {
            explained.add(place);
        } else {
            find("unexplained", entity, locator, "refused as " + reason + ", and the truth knows nothing of it", null);
        }
    }

    /** Closes the comparison: what is in the truth and was told of nowhere. */
    void close(Iterable<String> ids) {
        for (String id : ids) {
            Expected truth = expected.get(Digest.of(id));
            if (truth == null) {
                continue;
            }
            String entity = id.split(":", 6)[4];
            if (!truth.stored) {
                find("lost", entity, id, "not in the store", null);
            } else if (truth.fed == null) {
                find("lost", entity, id, "not on the feed", null);
            } else if (!truth.fed.equals(truth.body)) {
                find("wrong", entity, id, "the last event's record differs", null);
            }
        }
        for (String place : refusals.keySet()) {
            if (!explained.contains(place)) {
                String[] parts = place.split("\n");
                find("unexplained", parts[1], parts[2], "should have been refused as " + parts[3], null);
            }
        }
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<Finding> samples() {
        return samples;
    }

    int expectedRecords() {
        return expected.size();
    }

    int explainedRefusals() {
        return explained.size();
    }

    private void find(String kind, String entity, String id, String why, @Nullable String actual) {
        counts.merge(kind, 1L, Long::sum);
        if (samples.size() < SAMPLES) {
            samples.add(new Finding(kind, entity, id, why, actual));
        }
    }

    private static String place(String system, String entity, String locator) {
        return system + "\n" + entity + "\n" + locator;
    }
}
