package isthmus.reconcile;

/** Another reconciliation holds the lock of the store; nothing was done. */
public final class NightIsRunning extends RuntimeException {

    /** Refused by a guard. */
    public static final int EXIT_CODE = 4;

    NightIsRunning(String since) {
        super("A reconciliation is already running" + since + "; wait until it has ended.");
    }
}
