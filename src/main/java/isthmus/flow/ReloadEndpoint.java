package isthmus.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * {@code POST /actuator/reload {"system": "…"}}. Loading a route is running code, so until there is sign-in only this machine
 * may ask for it, whatever address the hub listens on.
 */
@Endpoint(id = "reload")
final class ReloadEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoint.class);
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final Reload reload;

    ReloadEndpoint(Reload reload) {
        this.reload = reload;
    }

    @WriteOperation
    public WebEndpointResponse<Reload.Answer> reload(String system) {
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
        Reload.Answer answer = reload.of(system);
        LOG.info("reload of {}: {} {} {}", system, answer.outcome(), answer.mappings(), answer.faults());
        return new WebEndpointResponse<>(answer);
    }

    /** By the address, and by the name that was asked for: a page in a browser here may know the one but not the other. */
    private static boolean isFromHere() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http)) {
            return false;
        }
        try {
            return InetAddress.getByName(http.getRequest().getRemoteAddr()).isLoopbackAddress()
                    && OWN_NAMES.contains(http.getRequest().getServerName());
        } catch (UnknownHostException nobody) {
            return false;
        }
    }
}
