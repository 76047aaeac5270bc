package isthmus.source;

import isthmus.model.Reason;

/** The legacy system answers otherwise than its contract in system.yaml says: no use in trying again. */
public final class ContractBroken extends RuntimeException {
    private final Reason reason;

    public ContractBroken(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
