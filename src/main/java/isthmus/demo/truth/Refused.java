package isthmus.demo.truth;

/** A row that cannot be said in the canonical model, with the reason code that the hub must give. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final String reason;

    Refused(String reason, String field) {
        super(reason + " at " + field, null, false, false);
        this.reason = reason;
    }
}
