package isthmus.serve;

import isthmus.model.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/** A question that is not answered as it was asked: told as problem+json (RFC 9457) with the reason's code. */
public final class Refused extends RuntimeException {
    private final HttpStatus status;
    private final Reason reason;
    private final @Nullable String field;
    private final HttpHeaders headers = new HttpHeaders();

    private Refused(HttpStatus status, Reason reason, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.reason = reason;
        this.field = field;
    }

    public static Refused unknown(String detail) {
        return new Refused(HttpStatus.NOT_FOUND, Reason.API_UNKNOWN, null, detail);
    }

    public static Refused deleted(String detail) {
        return new Refused(HttpStatus.GONE, Reason.API_DELETED, null, detail);
    }

    /** @param detail what form it must have; never what was given, which may be anything */
    public static Refused parameter(String field, String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, Reason.API_PARAMETER, field, detail);
    }

    public static Refused position(String field, String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, Reason.API_POSITION, field, detail);
    }

    public static Refused gone(String field, String detail) {
        return new Refused(HttpStatus.GONE, Reason.API_GONE, field, detail);
    }

    public static Refused accept(String detail) {
        return new Refused(HttpStatus.NOT_ACCEPTABLE, Reason.API_ACCEPT, "Accept", detail);
    }

    public static Refused busy(String detail) {
        return new Refused(HttpStatus.SERVICE_UNAVAILABLE, Reason.API_BUSY, null, detail);
    }

    public static Refused slow(String detail) {
        return new Refused(HttpStatus.SERVICE_UNAVAILABLE, Reason.API_SLOW, null, detail);
    }

    public static Refused storeAway() {
        return new Refused(HttpStatus.SERVICE_UNAVAILABLE, Reason.STORE_AWAY, null, "the store does not answer");
    }

    /** @param detail why not, which Allow does not say */
    public static Refused method(HttpMethod allowed, String detail) {
        Refused refused = new Refused(HttpStatus.METHOD_NOT_ALLOWED, Reason.API_METHOD, null, detail);
        refused.headers.setAllow(Set.of(allowed));
        return refused;
    }

    /** @param detail what of it is not granted */
    public static Refused right(String field, String detail) {
        return new Refused(HttpStatus.FORBIDDEN, Reason.API_RIGHT, field, detail);
    }

    public static Refused state(String detail) {
        return new Refused(HttpStatus.CONFLICT, Reason.API_STATE, null, detail);
    }

    public static Refused sourceAway(String detail) {
        return new Refused(HttpStatus.SERVICE_UNAVAILABLE, Reason.SOURCE_AWAY, null, detail);
    }

    public HttpStatus status() {
        return status;
    }

    public Reason reason() {
        return reason;
    }

    /** What the answer has besides its body. */
    HttpHeaders headers() {
        return headers;
    }

    /** The parameter or header that it is about. */
    public @Nullable String field() {
        return field;
    }
}
