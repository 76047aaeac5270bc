package isthmus.serve.door;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.security.Caller;
import isthmus.security.Rights.Right;
import isthmus.security.Scope;
import isthmus.serve.Sight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Settles whether persons are told in clear: only to who has the scope, says a purpose and a ticket, and has not asked too
 * often; and only once that is in the audit. To everybody else they are told masked.
 */
final class InClear {
    /** Says of an answer whether persons are {@code clear} or {@code masked} in it. */
    static final String TOLD = "Isthmus-Personal";

    private static final Logger LOG = LoggerFactory.getLogger(InClear.class);

    /** Words for people and for the audit, in which no name can be written by mistake. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{2,39}");

    private static final int MOST_CALLERS = 10_000;

    private final Audit audit;
    private final int anHour;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    /** @param anHour answers with persons in clear that one caller may have */
    InClear(Audit audit, int anHour) {
        this.audit = audit;
        this.anHour = anHour;
    }

    /** @param alarms one an hour, so that who goes on asking fills no log */
    private record Allowance(Bucket answers, Bucket alarms) {}

    /** False when the question is refused, and answered. */
    boolean settles(Caller caller, Right right, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String purpose = request.getHeader(Sight.PURPOSE);
        String ticket = request.getHeader(Sight.TICKET);
        if (caller == Caller.LOCAL) {
            tell(Sight.CLEAR, request, response);
        } else if (purpose == null && ticket == null) {
            tell(Sight.MASKED, request, response);
        } else if (purpose == null || !WORD.matcher(purpose).matches()) {
            Denials.header(response, Sight.PURPOSE, "a word of small letters, digits and hyphens: complaint");
            return false;
        } else if (ticket == null || !Audit.TICKET.matcher(ticket).matches()) {
            Denials.header(response, Sight.TICKET, "the number under which it was asked for: CS-20417");
            return false;
        } else {
            return clears(
                    caller, Objects.requireNonNull(right.clear()), purpose + ", ticket " + ticket, request, response);
        }
        return true;
    }

    private boolean clears(
            Caller caller, Scope scope, String purpose, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!caller.scopes().contains(scope)) {
            Denials.lacking(response, new Caller.Lack(scope, null));
            return false;
        }
        Allowance allowance = allowance(caller.name());
        ConsumptionProbe probe = allowance.answers.tryConsumeAndReturnRemaining(1);
        try {
            if (!probe.isConsumed()) {
                if (allowance.alarms.tryConsume(1)) {
                    LOG.warn(
                            "{} asks for more persons in clear than the {} an hour that one may",
                            caller.name(),
                            anHour);
                    audit.write(List.of(new Deed(caller.name(), "personal.refused", request.getRequestURI(), purpose)));
                }
                Denials.tooOften(
                        response,
                        1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()),
                        "more answers with persons in clear than " + anHour + " an hour");
                return false;
            }
            audit.write(List.of(Deed.readInClear(caller.name(), request.getRequestURI(), purpose)));
        } catch (DataAccessException away) {
            LOG.warn("no person is told in clear while the audit cannot be written", away);
            Denials.storeAway(response);
            return false;
        }
        tell(Sight.CLEAR, request, response);
        return true;
    }

    private static void tell(Sight sight, HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(Sight.ATTRIBUTE, sight);
        response.setHeader(TOLD, sight == Sight.CLEAR ? "clear" : "masked");
        response.addHeader("Vary", Sight.PURPOSE + ", " + Sight.TICKET);
    }

    private Allowance allowance(String caller) {
        synchronized (allowances) {
            return allowances.computeIfAbsent(caller, unknown -> new Allowance(anHour(anHour), anHour(1)));
        }
    }

    private static Bucket anHour(int most) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, Duration.ofHours(1)))
                .build();
    }
}
