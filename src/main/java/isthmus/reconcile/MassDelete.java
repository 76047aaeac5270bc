package isthmus.reconcile;

/** How many records of an entity may be told as deleted at once. */
final class MassDelete {
    /** So few are never too many. */
    private static final long FEW = 10;

    private static final long MOST = 500;
    private static final long ONE_IN = 200;

    private MassDelete() {}

    /** Half a per cent of what the store holds, at least ten, at most five hundred. */
    static long most(long held) {
        return Math.max(FEW, Math.min(MOST, held / ONE_IN));
    }
}
