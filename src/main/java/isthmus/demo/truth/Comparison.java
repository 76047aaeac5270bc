package isthmus.demo.truth;

import isthmus.demo.truth.Found.Published;
import isthmus.demo.truth.Found.Stored;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares truth, store and feed in a few passes that hold 16 bytes of each record: first {@link #expect} all truth,
 * then see all rows and events in any order, then {@link #finish} with the truth once more for the samples.
 */
final class Comparison {
    private static final int STORED = 1;
    private static final int STORED_WRONG = 2;
    private static final int PUBLISHED = 4;
    private static final int PUBLISHED_WRONG = 8;
    private static final int OUT_OF_ORDER = 16;
    private static final int DELETED = 32;
    private static final int PENDING = 64;
    private static final int BAD = STORED_WRONG | PUBLISHED_WRONG | OUT_OF_ORDER;
    private static final int BOTH = STORED | PUBLISHED;
    private static final int NAMED = 100_000;
    private static final int KEPT = 5;

    private final Verdict verdict;
    private final Keys ids = new Keys();
    private final Keys events = new Keys();
    private final Set<Integer> twice = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Map<Integer, String> whyWrong = new LinkedHashMap<>();
    private final Map<Integer, String> bodies = new HashMap<>();
    private final Map<String, Integer> kept = new HashMap<>();
    private byte[] marks = new byte[1 << 15];
    private long[] high = new long[1 << 15];
    private long[] low = new long[1 << 15];
    private long[] time = new long[1 << 15];
    private long[] tie = new long[1 << 15];

    Comparison(Verdict verdict) {
        this.verdict = verdict;
    }

    /** Of this record only the night can judge, because it changes behind the hub's back. */
    void leaveOut(String id) {
        leftOut.add(id);
    }

    void expect(TruthLine line) {
        if (leftOut.contains(line.text("id"))) {
            return;
        }
        int n = ids.add(Digest.of(line.text("id")));
        if (n < 0) {
            throw new IllegalStateException("truth says " + line.text("id") + " twice");
        }
        if (n == marks.length) {
            marks = Arrays.copyOf(marks, n * 2);
            high = Arrays.copyOf(high, n * 2);
            low = Arrays.copyOf(low, n * 2);
            time = Arrays.copyOf(time, n * 2);
            tie = Arrays.copyOf(tie, n * 2);
        }
        Digest body = Digest.of(line.body());
        high[n] = body.high();
        low[n] = body.low();
        marks[n] = (byte) ((line.is("deleted") ? DELETED : 0) | (line.is("pending") ? PENDING : 0));
        verdict.expected++;
    }

    void see(Stored row) {
        if (leftOut.contains(row.id())) {
            return;
        }
        int n = ids.find(Digest.of(row.id()));
        if (n < 0) {
            seeStranger(row);
            return;
        }
        if (is(n, STORED)) {
            duplicate(n, row.entity(), row.id(), "stands twice in the store");
            return;
        }
        mark(n, STORED);
        if (!isTrue(n, row.body())) {
            wrong(n, row.entity(), STORED_WRONG, "store", row.body());
        } else if (is(n, DELETED) != row.deleted()) {
            wrong(
                    n,
                    row.entity(),
                    STORED_WRONG,
                    "store: deleted should be " + is(n, DELETED) + ", is " + row.deleted(),
                    "");
        } else if (is(n, PENDING) != row.pending()) {
            wrong(
                    n,
                    row.entity(),
                    STORED_WRONG,
                    "store: REF-PENDING should be " + is(n, PENDING) + ", is " + row.pending(),
                    "");
        }
    }

    /** A row that truth does not know may be a known one under another spelling of its key. */
    private void seeStranger(Stored row) {
        String plain = Normalizer.normalize(row.id(), Normalizer.Form.NFKC).replace(" ", "");
        int n = ids.find(Digest.of(plain));
        if (n >= 0) {
            duplicate(n, row.entity(), row.id(), "is " + plain + " under another spelling");
            return;
        }
        stranger(row.entity(), row.id(), "stands in the store, truth does not know it");
    }

    void see(Published event) {
        if (leftOut.contains(event.subject())) {
            return;
        }
        boolean isNew = events.add(Digest.of(event.eventId())) >= 0;
        int n = ids.find(Digest.of(event.subject()));
        if (n < 0) {
            stranger(entity(event.subject()), event.subject(), "is published, truth does not know it");
            return;
        }
        if (!isNew) {
            verdict.resent++;
            duplicate(n, entity(event.subject()), event.subject(), "event " + event.eventId() + " was published twice");
            return;
        }
        Version version = Version.of(event.sequence());
        if (is(n, PUBLISHED) && version.compareTo(new Version(time[n], tie[n])) <= 0) {
            wrong(
                    n,
                    entity(event.subject()),
                    OUT_OF_ORDER,
                    "feed: sequence " + event.sequence() + " does not rise",
                    "");
        }
        mark(n, PUBLISHED);
        time[n] = version.time();
        tie[n] = version.tie();
        settle(n, event);
    }

    /** Only the last event of a key must be true; an earlier one was true in its time. */
    private void settle(int n, Published event) {
        marks[n] &= ~PUBLISHED_WRONG;
        if (!isTrue(n, event.body()) || is(n, DELETED) != event.deleted()) {
            wrong(n, entity(event.subject()), PUBLISHED_WRONG, "feed", event.body());
        } else if (!is(n, BAD) && whyWrong.remove(n) != null) {
            bodies.remove(n);
            kept.merge(entity(event.subject()), -1, Integer::sum);
        }
    }

    private boolean isTrue(int n, String body) {
        return isDigest(n, Digest.of(body)) || isDigest(n, Digest.of(Difference.canonical(body)));
    }

    private boolean isDigest(int n, Digest digest) {
        return digest.high() == high[n] && digest.low() == low[n];
    }

    private boolean is(int n, int mark) {
        return (marks[n] & mark) != 0;
    }

    private void mark(int n, int mark) {
        marks[n] |= (byte) mark;
    }

    /** Keeps why, and the body, of a few of each entity. */
    private void wrong(int n, String entity, int mark, String why, String body) {
        mark(n, mark);
        if (whyWrong.containsKey(n) || kept.getOrDefault(entity, 0) >= KEPT) {
            return;
        }
        kept.merge(entity, 1, Integer::sum);
        whyWrong.put(n, why);
        if (!body.isEmpty()) {
            bodies.put(n, body);
        }
    }

    private void duplicate(int n, String entity, String id, String why) {
        verdict.duplicated++;
        twice.add(n);
        verdict.sample("duplicated", entity, id, why);
    }

    private void stranger(String entity, String id, String why) {
        if (unknown.size() >= NAMED || unknown.add(id)) {
            verdict.unexplained++;
            verdict.sample("unexplained", entity, id, why);
        }
    }

    private static String entity(String id) {
        String[] parts = id.split(":", 6);
        return parts.length < 6 ? "" : parts[4];
    }

    /** Counts, and says of a few records what is wrong with them. */
    void finish(Stream<TruthLine> again) {
        boolean bad = false;
        for (int n = 0; n < ids.size(); n++) {
            boolean lost = (marks[n] & BOTH) != BOTH;
            verdict.lost += lost ? 1 : 0;
            verdict.wrong += is(n, BAD) ? 1 : 0;
            verdict.explained += lost || is(n, BAD) || twice.contains(n) ? 0 : 1;
            bad |= lost || is(n, BAD);
        }
        if (bad) {
            again.filter(line -> line.kind().equals("record") && !leftOut.contains(line.text("id")))
                    .forEach(this::explain);
        }
    }

    private void explain(TruthLine line) {
        int n = ids.find(Digest.of(line.text("id")));
        String entity = line.text("entity");
        if ((marks[n] & BOTH) != BOTH) {
            String where =
                    is(n, STORED) ? "not published" : is(n, PUBLISHED) ? "not stored" : "neither stored nor published";
            verdict.sample("lost", entity, line.text("id"), where);
        }
        String why = whyWrong.get(n);
        if (is(n, BAD) && why != null) {
            String body = bodies.get(n);
            String what = body == null ? why : why + ": " + Difference.between(line.body(), body);
            verdict.sample("wrong", entity, line.text("id"), what);
        }
    }
}
