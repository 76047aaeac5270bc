package isthmus.store;

/** Which of two versions of a subject stands (model.md 3.2): the greatest (sequence, content hash), in any order of arrival. */
final class ApplyRule {

    enum Verdict {
        /** Newer and different: written, told. */
        APPLIED,
        /** Newer and the same: only the stored sequence moves, else a late middle version would win later. */
        ADVANCED,
        /** The same version again. */
        DUPLICATE,
        /** Older than what is stored. */
        STALE,
        /** Two states of one version; this one stands. */
        CONFLICT_WON,
        /** Two states of one version; the stored one stands. */
        CONFLICT_LOST
    }

    private ApplyRule() {}

    static Verdict decide(String heldSequence, String heldHash, String sequence, String hash) {
        int order = sequence.compareTo(heldSequence);
        int byHash = hash.compareTo(heldHash);
        if (order > 0) {
            return byHash == 0 ? Verdict.ADVANCED : Verdict.APPLIED;
        }
        if (order < 0) {
            return Verdict.STALE;
        }
        if (byHash == 0) {
            return Verdict.DUPLICATE;
        }
        return byHash > 0 ? Verdict.CONFLICT_WON : Verdict.CONFLICT_LOST;
    }
}
