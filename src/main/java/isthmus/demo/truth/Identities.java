package isthmus.demo.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the links between customers' records with who is behind them.
 *
 * <p>What is linked over a third record is linked too: of three records in a row three pairs count, not two.
 */
final class Identities {
    private static final int NAMED = 10;
    private static final String LINKED = "linked";

    /** Two records that a rule has found to be one, or that wait for a person to say so. */
    private record Pair(String rule, boolean isLinked, String left, String right) {}

    private final Map<String, String> people = new HashMap<>();
    private final Set<Pair> pairs = new HashSet<>();
    private final List<Pair> inOrder = new ArrayList<>();
    private @Nullable Groups linked;

    /** A line of the truth: who is behind a record. */
    void is(JsonNode line) {
        people.put(line.path("record").asText(), line.path("who").asText());
    }

    /** A link between two customers' records as it stands; one within a record is none. */
    void link(String rule, String state, String left, String right) {
        boolean isTurned = left.compareTo(right) > 0;
        Pair pair = new Pair(rule, state.equals(LINKED), isTurned ? right : left, isTurned ? left : right);
        if (!left.equals(right) && pairs.add(pair)) {
            inOrder.add(pair);
            linked = null;
        }
    }

    /** Whether links have made two records one, directly or over others. */
    boolean areLinked(String one, String other) {
        Groups groups = linked;
        if (groups == null) {
            groups = new Groups();
            inOrder.stream().filter(Pair::isLinked).forEach(groups::join);
            linked = groups;
        }
        return groups.top(one).equals(groups.top(other));
    }

    /** Whether one person or organization is behind two records. */
    boolean areOne(String one, String other) {
        return who(one).equals(who(other));
    }

    Map<String, Object> answer() {
        Map<String, Long> owned = new HashMap<>();
        people.values().forEach(who -> owned.merge(who, 1L, Long::sum));
        long all = pairs(owned.values());
        Groups groups = new Groups();
        inOrder.stream().filter(Pair::isLinked).forEach(groups::join);
        long found = groups.pairs();
        long right = groups.rightPairs();
        long queue = inOrder.stream()
                .filter(pair -> !pair.isLinked())
                .map(Identities::ends)
                .distinct()
                .count();
        // Of what waits, a person will say yes to what is right and no to the rest.
        inOrder.stream().filter(pair -> !pair.isLinked() && isRight(pair)).forEach(groups::join);
        Map<String, Object> answer = new TreeMap<>();
        answer.put("customers", people.size());
        answer.put("pairs", all);
        answer.put(LINKED, found);
        answer.put("right", right);
        answer.put("precision", Score.share(right, found));
        answer.put("recall", Score.share(right, all));
        answer.put("recallWithReview", Score.share(groups.rightPairs(), all));
        answer.put("review", queue);
        answer.put("reviewShare", Score.share(queue, people.size()));
        answer.put("rules", rules(all));
        answer.put(
                "wrong",
                inOrder.stream()
                        .filter(pair -> pair.isLinked() && !isRight(pair))
                        .limit(NAMED)
                        .map(pair -> Map.of("rule", pair.rule(), "left", pair.left(), "right", pair.right()))
                        .toList());
        return answer;
    }

    /** What each rule has found by itself, without what follows from it, of all pairs that there are. */
    private List<Object> rules(long all) {
        Map<String, long[]> counts = new TreeMap<>();
        for (Pair pair : inOrder) {
            long[] count = counts.computeIfAbsent(pair.rule(), rule -> new long[4]);
            int at = pair.isLinked() ? 0 : 2;
            count[at]++;
            count[at + 1] += isRight(pair) ? 1 : 0;
        }
        List<Object> rows = new ArrayList<>();
        counts.forEach((rule, count) -> {
            Map<String, Object> row = new TreeMap<>();
            row.put("rule", rule);
            row.put(LINKED, count[0]);
            row.put("right", count[1]);
            row.put("precision", Score.share(count[1], count[0]));
            row.put("recall", Score.share(count[1], all));
            row.put("review", count[2]);
            row.put("reviewRight", count[3]);
            rows.add(row);
        });
        return rows;
    }

    private static List<String> ends(Pair pair) {
        return List.of(pair.left(), pair.right());
    }

    private boolean isRight(Pair pair) {
        return who(pair.left()).equals(who(pair.right()));
    }

    /** A record that the truth does not know is of nobody else. */
    private String who(String record) {
        return people.getOrDefault(record, record);
    }

    private static long pairs(Collection<Long> sizes) {
        return sizes.stream().mapToLong(size -> size * (size - 1) / 2).sum();
    }

    /** Records that links have made one, directly or over others. */
    private final class Groups {
        private final Map<String, String> above = new HashMap<>();

        void join(Pair pair) {
            String top = top(pair.right());
            above.put(top(pair.left()), top);
            above.put(top, top);
        }

        private String top(String record) {
            String at = record;
            for (String next = above.getOrDefault(at, at); !next.equals(at); next = above.getOrDefault(at, at)) {
                // Whoever comes this way again has half the way to go.
                above.put(at, above.getOrDefault(next, next));
                at = next;
            }
            return at;
        }

        long pairs() {
            Map<String, Long> sizes = new HashMap<>();
            above.keySet().forEach(record -> sizes.merge(top(record), 1L, Long::sum));
            return Identities.pairs(sizes.values());
        }

        long rightPairs() {
            Map<List<String>, Long> sizes = new HashMap<>();
            above.keySet().forEach(record -> sizes.merge(List.of(top(record), who(record)), 1L, Long::sum));
            return Identities.pairs(sizes.values());
        }
    }
}
