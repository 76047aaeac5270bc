package isthmus.demo.truth;

import isthmus.demo.truth.Found.Quarantined;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares what should lie in quarantine with what does. */
final class Refusals {
    /** A file name that fits no pull fits no entity either, so it is compared without one. */
    private static final String NO_ENTITY = "FILE-NAME";

    private record Place(String system, String entity, String locator) {}

    private record Refusal(Place place, String reason) {}

    private final Set<Refusal> expected = new HashSet<>();
    private final Map<Place, String> places = new HashMap<>();
    private final Set<Refusal> found = new HashSet<>();
    private final Set<Place> disputed = new HashSet<>();
    private final Verdict verdict;

    Refusals(Verdict verdict) {
        this.verdict = verdict;
    }

    void expect(TruthLine line) {
        Refusal refusal = refusal(line.text("system"), line.text("entity"), line.text("locator"), line.text("reason"));
        if (expected.add(refusal)) {
            places.put(refusal.place(), refusal.reason());
            verdict.expected++;
        }
    }

    void see(Quarantined row) {
        Refusal refusal =
                refusal(row.system(), row.entity(), row.locator(), row.reason().replace('_', '-'));
        if (expected.contains(refusal)) {
            if (found.add(refusal)) {
                verdict.explained++;
            }
            return;
        }
        verdict.unexplained++;
        String reason = places.get(refusal.place());
        disputed.add(refusal.place());
        verdict.sample(
                "unexplained",
                row.entity(),
                row.locator(),
                reason == null
                        ? "quarantined with " + row.reason() + ", truth knows no reason"
                        : "quarantined with " + row.reason() + ", should be " + reason);
    }

    /** Counts what should have been refused and was not; a wrong reason was counted when it was seen. */
    void finish() {
        for (Refusal refusal : expected) {
            if (!found.contains(refusal) && !disputed.contains(refusal.place())) {
                verdict.unexplained++;
                verdict.sample(
                        "unexplained",
                        refusal.place().entity(),
                        refusal.place().locator(),
                        "should be in quarantine with " + refusal.reason());
            }
        }
    }

    private static Refusal refusal(String system, String entity, String locator, String reason) {
        return new Refusal(new Place(system, reason.equals(NO_ENTITY) ? "" : entity, locator), reason);
    }
}
