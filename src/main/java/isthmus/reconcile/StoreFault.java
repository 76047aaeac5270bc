package isthmus.reconcile;

/** The store did not answer or refused a statement: there is no night without it. */
final class StoreFault extends RuntimeException {
    StoreFault(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
