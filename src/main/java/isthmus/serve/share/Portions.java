package isthmus.serve.share;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.security.Caller;
import isthmus.security.Fingerprints;
import isthmus.security.share.Grant;
import isthmus.security.share.Pseudonyms;
import isthmus.serve.Asked;
import isthmus.serve.Reads;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Finds for each question of a partner what it may have, before an address answers it; without a grant that is good there
 * is no answer. That a partner has read of an entity is in the audit once a day.
 */
@Component
@ConditionalOnWebApplication
final class Portions implements HandlerInterceptor, WebMvcConfigurer {
    /** What a partner may say: a filter would find records by what was not granted, or by the utility's own numbers. */
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "/feed/v1/{entity}", Set.of("after", "from", "since", "limit", "wait", "consumer"),
            "/api/v1/{entity}", Set.of("limit", "after"),
            "/api/v1/{entity}/export", Set.of("format", "after", "bom"),
            "/api/v1/{entity}/{id}", Set.of());

    private final Reads reads;
    private final Fingerprints hub;
    private final Audit audit;
    private final Clock clock;
    private final Map<String, LocalDate> written = new HashMap<>();

    Portions(Reads reads, Fingerprints hub, Audit audit, Clock clock) {
        this.reads = reads;
        this.hub = hub;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().isAnnotationPresent(Served.class)
                && request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                && caller.partner() != null) {
            String partner = caller.partner();
            String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
            String entity = entity(request);
            List<Grant> grants = reads.ask(connection -> Portion.grants(connection, partner, entity, clock.instant()));
            Asked.of(request, PARAMETERS.getOrDefault(pattern, Set.of()));
            write(caller.name(), partner, entity, grants);
            request.setAttribute(
                    Portion.ATTRIBUTE,
                    new Portion(partner, entity, grants, new Pseudonyms(hub, partner), reads, clock));
        }
        return true;
    }

    private static String entity(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? String.valueOf(variables.get("entity"))
                : "";
    }

    private synchronized void write(String actor, String partner, String entity, List<Grant> grants) {
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(written.get(partner + " " + entity))) {
            String numbers =
                    grants.stream().map(grant -> Long.toString(grant.id())).collect(Collectors.joining(" "));
            audit.write(List.of(new Deed(actor, "share.read", entity, partner + " by grant " + numbers)));
            written.put(partner + " " + entity, today);
        }
    }
}
