package isthmus.serve;

import isthmus.security.Masking;
import isthmus.security.Rights;
import jakarta.servlet.http.HttpServletRequest;

/** Whether persons are told in clear or masked to who asks; the guard at the door has decided it. */
public enum Sight {
    CLEAR,
    MASKED;

    /** The headers in which who asks for persons in clear says why, and under which number. */
    public static final String PURPOSE = "Isthmus-Purpose";

    public static final String TICKET = "Isthmus-Ticket";

    /** Where a question carries it. */
    public static final String ATTRIBUTE = "isthmus.sight";

    /** Of a question that no guard has seen, masked. */
    public static Sight of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) == CLEAR ? CLEAR : MASKED;
    }

    /** Whether something of the records of an entity is hidden. */
    public boolean hides(String entity) {
        return this == MASKED && Rights.PERSONAL.contains(entity);
    }

    /** A record as it may be told. */
    public byte[] record(String entity, byte[] record) {
        return this == CLEAR ? record : Masking.mask(entity, record);
    }

    /** An event of the feed as it may be told. */
    public byte[] event(String entity, byte[] event) {
        return this == CLEAR ? event : Masking.maskEvent(entity, event);
    }
}
