package isthmus.security.seal;

/** A sealed value that does not open: it was sealed for another record or place, or was changed outside of the hub. */
public final class SealBroken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SealBroken(String message) {
        super(message);
    }
}
