package isthmus.reconcile;

/** The hub ends while its night runs; what it has found so far is kept, and the night can be taken up again. */
final class NightStopped extends RuntimeException {
    NightStopped(long night) {
        super("night " + night + " was stopped");
    }
}
