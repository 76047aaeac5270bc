package isthmus.serve;

import io.github.bucket4j.ConsumptionProbe;
import isthmus.model.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in as many questions as can be answered: of each client so many a second, of all together so many at a time and as
 * many again that wait a moment. The others hear at once that they must come again, and when; health always passes.
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class Doorkeeper extends OncePerRequestFilter {
    private static final int MOST_CLIENTS = 10_000;
    private static final int LARGEST_BODY = 64 << 10;
    private static final Duration A_MOMENT = Duration.ofMillis(250);
    private static final String AGAIN_IN_SECONDS = "1";

    /** What two readers of one path may take for two paths; ids are percent-encoded, so none of it is ever meant. */
    private static final Pattern AMBIGUOUS = Pattern.compile("(?i)[;\\\\]|//|/(\\.|%2e){1,2}(/|$)");

    private final Clients clients;
    private final WhoAsks whoAsks;
    private final Semaphore working;
    private final Semaphore waiting;

    Doorkeeper(
            WhoAsks whoAsks,
            @Value("${isthmus.serve.rate:200}") int rate,
            @Value("${isthmus.serve.burst:400}") int burst,
            @Value("${isthmus.serve.atonce:32}") int atOnce) {
        this.whoAsks = whoAsks;
        this.clients = new Clients(MOST_CLIENTS, rate, burst);
        this.working = new Semaphore(atOnce);
        this.waiting = new Semaphore(atOnce);
    }

    /** By the path that the container has made plain: nobody is let past by a detour. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/actuator/")
                && !AMBIGUOUS.matcher(request.getRequestURI()).find();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConsumptionProbe probe = clients.ask(whoAsks.client(request));
        if (!probe.isConsumed()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(probe.getNanosToWaitForRefill())));
            refuse(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    Reason.API_RATE,
                    "more questions a second than a client may");
        } else if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
            refuse(response, HttpStatus.BAD_REQUEST, Reason.API_PARAMETER, "a plain path, ids percent-encoded in it");
        } else if (request.getContentLengthLong() > LARGEST_BODY
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            refuse(
                    response,
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    Reason.API_PARAMETER,
                    "a body of at most " + LARGEST_BODY + " bytes, with its Content-Length");
        } else if (!enter()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_IN_SECONDS);
            refuse(response, HttpStatus.SERVICE_UNAVAILABLE, Reason.API_BUSY, "all places are taken");
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                working.release();
            }
        }
    }

    private boolean enter() {
        if (working.tryAcquire()) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return working.tryAcquire(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    private static long seconds(long nanos) {
        return 1 + TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, Reason reason, String detail)
            throws IOException {
        response.setStatus(status.value());
        ProblemText.write(response, status, reason, detail);
    }
}
