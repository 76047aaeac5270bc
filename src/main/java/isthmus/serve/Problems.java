package isthmus.serve;

import isthmus.model.Reason;
import isthmus.security.seal.SealAway;
import isthmus.security.seal.SealBroken;
import java.net.URI;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every fault of a question as problem+json (RFC 9457): {@code code} is the reason, {@code field} what it is about. */
@RestControllerAdvice(annotations = Served.class)
final class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    @ExceptionHandler
    ResponseEntity<Object> refused(Refused refused, WebRequest request) {
        return answer(refused.status(), refused.reason(), refused.field(), refused.getMessage(), refused.headers());
    }

    /** Other rooms' questions to the store, asked for somebody. */
    @ExceptionHandler
    ResponseEntity<Object> store(DataAccessException fault, WebRequest request) throws Exception {
        SQLException ofStore = ofStore(fault);
        RuntimeException told = ofStore == null ? fault : Reads.refused(ofStore);
        return told instanceof Refused refused && !hasBegun(request) ? refused(refused, request) : bug(fault, request);
    }

    /** Rather no answer than one in which a person is half told. */
    @ExceptionHandler
    ResponseEntity<Object> sealed(SealAway away, WebRequest request) throws Exception {
        LOG.warn("{} {}", Reason.SEAL_AWAY.code(), away.getMessage());
        return hasBegun(request)
                ? bug(away, request)
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Reason.SEAL_AWAY, null, null, new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> sealed(SealBroken broken, WebRequest request) throws Exception {
        LOG.error("{} {}", Reason.API_SEALED.code(), broken.getMessage());
        return hasBegun(request)
                ? bug(broken, request)
                : answer(HttpStatus.INTERNAL_SERVER_ERROR, Reason.API_SEALED, null, null, new HttpHeaders());
    }

    /** What the store itself has said; below it there may be the network's own fault. */
    private static @Nullable SQLException ofStore(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said) {
                return said;
            }
        }
        return null;
    }

    /** Whoever asked has gone; there is nobody to be told, and nothing to be mended. */
    @ExceptionHandler
    void gone(ClientAbortException gone) throws ClientAbortException {
        throw gone;
    }

    /** An answer that has begun is cut, not ended, so that nobody takes it for whole. */
    @ExceptionHandler
    void cut(CloseNowException cut) throws CloseNowException {
        throw cut;
    }

    /** What a header holds is looked at when it is asked for. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException rejected, WebRequest request) {
        return answer(HttpStatus.BAD_REQUEST, Reason.API_PARAMETER, null, "not of its form", new HttpHeaders());
    }

    /** What was asked and what the bug says may hold anything: only the log, which is the operator's, has it. */
    @ExceptionHandler
    ResponseEntity<Object> bug(Exception bug, WebRequest request) throws Exception {
        ProblemDetail problem = problem(HttpStatus.INTERNAL_SERVER_ERROR, Reason.API_FAULT, null, null);
        LOG.error("{} {}", Reason.API_FAULT.code(), problem.getInstance(), bug);
        if (hasBegun(request)) {
            throw bug;
        }
        return entity(problem, new HttpHeaders());
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception fault, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            ProblemDetail problem = problem(status, Reason.API_FAULT, null, null);
            LOG.error("{} {}", Reason.API_FAULT.code(), problem.getInstance(), fault);
            return entity(problem, headers);
        }
        return switch (status.value()) {
            case 404 -> answer(status, Reason.API_UNKNOWN, null, "no such address", headers);
            case 405 -> answer(status, Reason.API_METHOD, null, null, headers);
            case 406 -> answer(status, Reason.API_ACCEPT, "Accept", null, headers);
            default -> answer(status, Reason.API_PARAMETER, field(fault), "not of its form, or missing", headers);
        };
    }

    private static @Nullable String field(Exception fault) {
        if (fault instanceof MethodArgumentTypeMismatchException mismatch) {
            return mismatch.getName();
        }
        if (fault instanceof TypeMismatchException mismatch) {
            return mismatch.getPropertyName();
        }
        return fault instanceof MissingServletRequestParameterException missing ? missing.getParameterName() : null;
    }

    private static boolean hasBegun(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted();
    }

    private static ResponseEntity<Object> answer(
            HttpStatusCode status,
            Reason reason,
            @Nullable String field,
            @Nullable String detail,
            HttpHeaders headers) {
        return entity(problem(status, reason, field, detail), headers);
    }

    private static ProblemDetail problem(
            HttpStatusCode status, Reason reason, @Nullable String field, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create(ProblemText.type(reason)));
        problem.setTitle(reason.cause());
        problem.setDetail(detail);
        // Without one of our own, Spring would say here what was asked for.
        problem.setInstance(URI.create("urn:uuid:" + UUID.randomUUID()));
        problem.setProperty("code", reason.code());
        problem.setProperty("remedy", reason.remedy());
        if (field != null) {
            problem.setProperty("field", field);
        }
        return problem;
    }

    private static ResponseEntity<Object> entity(ProblemDetail problem, HttpHeaders more) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(more);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        int status = problem.getStatus();
        if (status == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(problem, headers, HttpStatusCode.valueOf(status));
    }
}
