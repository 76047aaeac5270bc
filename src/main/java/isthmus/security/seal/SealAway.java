package isthmus.security.seal;

/** The master key is not there or is another one than the store was sealed under; nothing is written or told in its stead. */
public final class SealAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealAway(String message) {
        super(message);
    }
}
