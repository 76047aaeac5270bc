package isthmus.flow;

import isthmus.audit.Audit.By;
import isthmus.security.Caller;
import isthmus.security.OwnMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * {@code POST /actuator/reload {"system": "…", "by": "…"}}. Loading a route is running code, so only this machine may ask for it, whatever
 * address the hub listens on and whoever has signed in.
 */
@Endpoint(id = "reload")
final class ReloadEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoint.class);

    private final Reload reload;

    ReloadEndpoint(Reload reload) {
        this.reload = reload;
    }

    /** What may be left out, the actuators see by Spring's own annotation alone. */
    @WriteOperation
    public WebEndpointResponse<Reload.Answer> reload(
            String system,
            @org.springframework.lang.Nullable String by,
            @org.springframework.lang.Nullable String why) {
        if (!isFromHere()) {
            var refused = new Reload.Answer(
                    system,
                    Reload.Outcome.REFUSED,
                    List.of(),
                    List.of(),
                    List.of(
                            "asked from another machine: a reload is asked for at 127.0.0.1, on the hub's own machine"));
            return new WebEndpointResponse<>(refused, HttpStatus.FORBIDDEN.value());
        }
        Reload.Answer answer = reload.of(system, new By(who(by), why == null ? "" : why.strip()));
        LOG.info("reload of {}: {} {} {}", system, answer.outcome(), answer.mappings(), answer.faults());
        return new WebEndpointResponse<>(answer);
    }

    /** Who has signed in; where nobody does, the command says who typed it. */
    private static String who(@Nullable String by) {
        Caller caller = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http
                        && http.getRequest().getAttribute(Caller.ATTRIBUTE) instanceof Caller known
                ? known
                : Caller.LOCAL;
        return caller.equals(Caller.LOCAL) && by != null ? by : caller.name();
    }

    private static boolean isFromHere() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http
                && OwnMachine.asks(
                        http.getRequest().getRemoteAddr(), http.getRequest().getServerName());
    }
}
