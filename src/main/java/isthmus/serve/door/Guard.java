package isthmus.serve.door;

import isthmus.security.Caller;
import isthmus.security.OwnMachine;
import isthmus.security.Rights;
import isthmus.security.Rights.Right;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets a question through when {@link Rights} has its address and the caller lacks nothing for it; everything else ends here.
 * Of several patterns the most specific one decides, as it does when the address is looked for.
 */
final class Guard extends OncePerRequestFilter {
    private final boolean isLocal;
    private final InClear inClear;
    private final List<Door> doors;

    /** @param isLocal whether who asks from this machine without a token may do everything */
    Guard(boolean isLocal, InClear inClear) {
        this.isLocal = isLocal;
        this.inClear = inClear;
        Map<String, Map<String, Right>> byPath = new TreeMap<>();
        for (Right right : Rights.ALL) {
            byPath.computeIfAbsent(right.path(), path -> new TreeMap<>()).put(right.method(), right);
        }
        this.doors = new ArrayList<>();
        byPath.forEach((path, rights) -> doors.add(new Door(PathPatternParser.defaultInstance.parse(path), rights)));
        doors.sort((one, other) -> one.pattern.compareTo(other.pattern));
    }

    private record Door(PathPattern pattern, Map<String, Right> byMethod) {
        String allowed() {
            return byMethod.containsKey("GET")
                    ? String.join(", ", byMethod.keySet()) + ", HEAD"
                    : String.join(", ", byMethod.keySet());
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        Door door = door(path);
        Right right = door == null ? null : door.byMethod.get(method(request));
        Caller caller = caller(request);
        if (caller == null && isLocal) {
            Denials.elsewhere(response, "asked from another machine, or by a page of another site");
        } else if (right != null && right.isOpen()) {
            chain.doFilter(request, response);
        } else if (caller == null) {
            Denials.nobody(response);
        } else if (door == null) {
            Denials.unknown(response);
        } else if (right == null) {
            Denials.method(response, door.allowed());
        } else {
            String entity = entity(door, path);
            Caller.Lack lack = caller.lacks(right, entity);
            if (lack != null) {
                Denials.lacking(response, lack);
            } else if (caller.partner() != null && !right.isForPartners()) {
                Denials.partner(response);
            } else if (caller.partner() != null
                    || !right.namesPersons(entity)
                    || inClear.settles(caller, right, request, response)) {
                request.setAttribute(Caller.ATTRIBUTE, caller);
                if (!isLocal) {
                    response.setHeader(HttpHeaders.CACHE_CONTROL, "private");
                }
                chain.doFilter(request, response);
            }
        }
    }

    private @Nullable Door door(PathContainer path) {
        for (Door door : doors) {
            if (door.pattern.matches(path)) {
                return door;
            }
        }
        return null;
    }

    private static String method(HttpServletRequest request) {
        return request.getMethod().equals(HttpMethod.HEAD.name()) ? HttpMethod.GET.name() : request.getMethod();
    }

    private static @Nullable String entity(Door door, PathContainer path) {
        PathPattern.PathMatchInfo found = door.pattern.matchAndExtract(path);
        return found == null ? null : found.getUriVariables().get("entity");
    }

    private @Nullable Caller caller(HttpServletRequest request) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            return signedIn.caller();
        }
        return isLocal && isOwn(request) ? Caller.LOCAL : null;
    }

    /** Not a browser's, on behalf of a page that came from elsewhere. */
    private static boolean isOwn(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return OwnMachine.asks(request.getRemoteAddr(), request.getServerName())
                && (origin == null || origin.equals("http://" + request.getHeader(HttpHeaders.HOST)));
    }
}
