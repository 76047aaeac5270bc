package isthmus.identity;

import isthmus.identity.match.Model;
import isthmus.identity.match.Score;
import isthmus.identity.match.Scorer;
import isthmus.identity.match.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Scores by how many records the systems of a pair have, and by how common what they share is. */
final class Scores {
    private static final long TWO = 2;
    /** A store of a few customers is not a world of a few people. */
    private static final long FEWEST = 1_000;

    private final Model model;
    private final Map<Long, Long> counts;
    private final Map<String, Long> sources;
    private final Tokens tokens;
    private final long[] having;
    private final Map<Long, Scorer> scorers = new HashMap<>();

    /**
     * @param counts how many records are counted under a token
     * @param sources how many records a system has
     */
    Scores(Model model, Map<Long, Long> counts, Map<String, Long> sources, Tokens tokens) {
        this.model = model;
        this.counts = counts;
        this.sources = sources;
        this.tokens = tokens;
        this.having = IntStream.range(0, model.size())
                .mapToLong(field -> Math.max(FEWEST, counts.getOrDefault(tokens.any(model, field), 0L)))
                .toArray();
    }

    Score of(Subject left, Subject right) {
        return scorers.computeIfAbsent(others(left, right), many -> new Scorer(model, this::share, many))
                .score(left, right);
    }

    /** How many records the one that belongs to another is looked for among. */
    long others(Subject left, Subject right) {
        return Math.max(
                FEWEST, Math.max(sources.getOrDefault(left.source(), 0L), sources.getOrDefault(right.source(), 0L)));
    }

    /** A value that two have is had by two at least. */
    private double share(int field, String value) {
        return (double) counts.getOrDefault(tokens.value(model, field, value), TWO) / having[field];
    }
}
