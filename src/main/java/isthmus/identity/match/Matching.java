package isthmus.identity.match;

import isthmus.identity.match.Model.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides of all pairs of some records which are one. In memory, for as many records as a file has. */
public final class Matching {
    private final Model model;
    private final List<Subject> subjects;
    private final boolean isWithin;

    /** What is done with a pair. */
    public enum Decision {
        /** The two are one. */
        LINK,
        /** A person has to look. */
        REVIEW
    }

    /**
     * A pair that is linked, or that a person has to look at.
     *
     * @param why it is not linked by itself: {@code veto}, {@code rival}, {@code unsure} or {@code thin} evidence; empty when it is
     */
    public record Match(Subject left, Subject right, Score score, Decision decision, String why) {}

    /** A pair that may be one, by the places of the two. */
    private record Likely(int left, int right, Score score) {}

    /** @param isWithin whether two of one source may be one */
    public Matching(Model model, List<Subject> subjects, boolean isWithin) {
        this.model = model;
        this.subjects = List.copyOf(subjects);
        this.isWithin = isWithin;
    }

    /** The most likely first; the same pairs whatever order the records came in. */
    public List<Match> matches() {
        List<Likely> likely = likely();
        Set<List<Integer>> sure = new HashSet<>();
        Map<Integer, List<Likely>> of = new HashMap<>();
        for (Likely pair : likely) {
            of.computeIfAbsent(pair.left(), fresh -> new ArrayList<>()).add(pair);
            of.computeIfAbsent(pair.right(), fresh -> new ArrayList<>()).add(pair);
            if (pair.score().posterior() >= model.limits().link()) {
                sure.add(List.of(pair.left(), pair.right()));
            }
        }
        List<Match> matches = new ArrayList<>();
        for (Likely pair : likely) {
            boolean hasRival = hasRival(pair, pair.left(), pair.right(), of.getOrDefault(pair.left(), List.of()), sure)
                    || hasRival(pair, pair.right(), pair.left(), of.getOrDefault(pair.right(), List.of()), sure);
            decide(pair, hasRival, matches);
        }
        matches.sort(Comparator.comparingDouble((Match match) -> -match.score().weight())
                .thenComparing(match -> match.left().id())
                .thenComparing(match -> match.right().id()));
        return List.copyOf(matches);
    }

    private void decide(Likely pair, boolean hasRival, List<Match> matches) {
        Subject left = subjects.get(pair.left());
        Subject right = subjects.get(pair.right());
        String why = why(model.limits(), pair.score(), hasRival);
        double posterior = pair.score().posterior();
        boolean isLooked = posterior
                >= (pair.score().isVetoed()
                        ? model.limits().link()
                        : model.limits().review());
        if (why.isEmpty() || isLooked) {
            Decision decision = why.isEmpty() ? Decision.LINK : Decision.REVIEW;
            matches.add(new Match(left, right, pair.score(), decision, why));
        }
    }

    /** Why a pair is not linked by itself; empty when it is. */
    static String why(Limits limits, Score score, boolean hasRival) {
        if (score.isVetoed()) {
            return "veto";
        }
        if (score.posterior() < limits.link()) {
            return "unsure";
        }
        return score.strong() < 2 ? "thin" : hasRival ? "rival" : "";
    }

    private List<Likely> likely() {
        Set<String> sources = new HashSet<>();
        subjects.forEach(one -> sources.add(one.source()));
        long others = isWithin || sources.size() < 2 ? subjects.size() - 1 : subjects.size() / sources.size();
        Scorer scorer = new Scorer(model, new Counted(model, subjects), others);
        List<Likely> likely = new ArrayList<>();
        new Candidates(model, subjects, isWithin).each((left, right) -> {
            Score score = scorer.score(subjects.get(left), subjects.get(right));
            if (score.posterior() >= model.limits().rival()) {
                likely.add(new Likely(left, right, score));
            }
        });
        return likely;
    }

    /** Whether one of the two might as well be another of the same source, which is not itself that other. */
    private boolean hasRival(Likely pair, int one, int other, List<Likely> candidates, Set<List<Integer>> sure) {
        for (Likely candidate : candidates) {
            int rival = candidate.left() == one ? candidate.right() : candidate.left();
            if (candidate != pair
                    && !candidate.score().isVetoed()
                    && subjects.get(rival).source().equals(subjects.get(other).source())
                    && !sure.contains(List.of(Math.min(rival, other), Math.max(rival, other)))) {
                return true;
            }
        }
        return false;
    }
}
