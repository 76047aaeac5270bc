package isthmus.security;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one table of what each address asks for. What does not stand here, nobody may ask. */
public final class Rights {
    /** Entities whose records name a person: model.md calls them confidential. */
    public static final Set<String> PERSONAL = Masking.ENTITIES;

    private static final String IN_PATH = "{entity}";
    private static final String GET = "GET";
    private static final String POST = "POST";
    private static final List<String> MEASURED =
            List.of("bill", "servicepoint", "meter", "registerreading", "intervalblock");

    /** Where a partner gets what was granted to it. Every other address tells more than that. */
    private static final Set<String> FOR_PARTNERS =
            Set.of("/api/v1/{entity}", "/api/v1/{entity}/{id}", "/api/v1/{entity}/export", "/feed/v1/{entity}");

    private static final List<String> POINT = List.of("servicepoint", "registerreading", "intervalblock");

    private static final List<String> WHOLE_ACCOUNT =
            List.of("account", "customer", "servicepoint", "meter", "bill", "payment", "servicerequest");

    public static final List<Right> ALL = List.of(
            // records
            listed("/api/v1/{entity}", List.of(IN_PATH), Scope.FEED_READ),
            shown("/api/v1/{entity}/{id}", List.of(IN_PATH), Scope.FEED_READ),
            new Right(POST, "/api/v1/customers/search", List.of(Scope.FEED_READ), List.of("customer"), Scope.PII_READ),
            listed("/api/v1/{entity}/export", List.of(IN_PATH), Scope.EXPORT),
            shown("/api/v1/account/{id}/360", WHOLE_ACCOUNT, Scope.FEED_READ),
            shown(
                    "/api/v1/customers/{id}",
                    List.of(
                            "unifiedcustomer",
                            "customer",
                            "account",
                            "servicepoint",
                            "meter",
                            "bill",
                            "payment",
                            "intervalblock",
                            "servicerequest"),
                    Scope.FEED_READ),
            named("/api/v1/servicepoint/{id}/readings", POINT, Scope.FEED_READ),
            named("/api/v1/servicepoint/{id}/greenbutton", POINT, Scope.FEED_READ),
            named("/api/v1/{entity}/{id}/trace", with(IN_PATH, MEASURED), Scope.FEED_READ),
            named("/api/v1/{entity}/{id}/impact", with(IN_PATH, MEASURED), Scope.FEED_READ),
            listed("/feed/v1/{entity}", List.of(IN_PATH), Scope.FEED_READ),
            // how the hub is
            named("/api/v1/days", List.of(), Scope.OPS_READ, Scope.FEED_READ),
            named("/api/v1/days/{system}/{day}/missing", List.of(), Scope.OPS_READ, Scope.FEED_READ),
            named("/api/v1/consumers", List.of(), Scope.OPS_READ),
            named("/api/v1/nights", List.of(), Scope.RECONCILE_READ),
            named("/api/v1/nights/{id}", List.of(), Scope.RECONCILE_READ),
            named("/api/v1/breaks", List.of(), Scope.RECONCILE_READ),
            named("/api/v1/breaks/{id}", List.of(), Scope.RECONCILE_READ),
            done("/api/v1/breaks/{id}/acknowledge", Scope.RUN_RECONCILE),
            done("/api/v1/breaks/{id}/suppress", Scope.RUN_RECONCILE),
            named("/api/v1/repairs/log", List.of(), Scope.RECONCILE_READ),
            named("/api/v1/repairs", List.of(), Scope.RUN_RECONCILE),
            done("/api/v1/repairs", Scope.RUN_RECONCILE),
            named("/api/v1/identity/review", List.of(), Scope.IDENTITY_READ),
            named("/api/v1/identity/explain", List.of(), Scope.IDENTITY_READ),
            named("/api/v1/identity/explain.svg", List.of(), Scope.IDENTITY_READ),
            done("/api/v1/identity/links", Scope.RUN_IDENTITY),
            done("/api/v1/identity/values", Scope.RUN_IDENTITY),
            named("/api/v1/erasures", List.of(), Scope.ERASE_REQUEST, Scope.ERASE_APPROVE, Scope.AUDIT_READ),
            done("/api/v1/erasures", Scope.ERASE_REQUEST),
            done("/api/v1/erasures/{number}/approve", Scope.ERASE_APPROVE),
            done("/api/v1/erasures/{number}/refuse", Scope.ERASE_APPROVE, Scope.ERASE_REQUEST),
            named("/api/v1/audit", List.of(), Scope.AUDIT_READ),
            named("/api/v1/audit/entries/{number}", List.of(), Scope.AUDIT_READ),
            named("/api/v1/audit/head", List.of(), Scope.AUDIT_READ),
            // what the service promises: nothing of the utility stands there
            open("/api/v1/docs"),
            open("/api/v1/docs/page.js"),
            open("/webjars/swagger-ui/{*file}"),
            open("/api/v1/openapi"),
            open("/api/v1/openapi.yaml"),
            open("/feed/v1/asyncapi.json"),
            open("/feed/v1/asyncapi.yaml"),
            open("/schema/v1"),
            open("/schema/v1/{schema}.json"),
            // the process
            open("/actuator/health/ping"),
            named("/actuator", List.of(), Scope.OPS_READ),
            named("/actuator/health", List.of(), Scope.OPS_READ),
            named("/actuator/health/{*part}", List.of(), Scope.OPS_READ),
            named("/actuator/info", List.of(), Scope.OPS_READ),
            named("/actuator/prometheus", List.of(), Scope.OPS_READ),
            done("/actuator/reload", Scope.ROUTE_DEPLOY));

    private Rights() {}

    /**
     * One address.
     *
     * @param method GET, which HEAD is too, or POST
     * @param path as a pattern of Spring's
     * @param anyOf any one of these scopes opens it; empty for what everybody may ask
     * @param entities whose records the answer holds; {@code {entity}} for the one in the path
     * @param clear the scope with which persons are told in clear on demand, masked without it; null where none are named
     */
    public record Right(
            String method,
            String path,
            List<Scope> anyOf,
            List<String> entities,
            @Nullable Scope clear) {
        public boolean isOpen() {
            return anyOf.isEmpty();
        }

        /** Whether a partner may ask there at all. */
        public boolean isForPartners() {
            return isOpen() || FOR_PARTNERS.contains(path);
        }

        /** Whether a person may be named in the answer. */
        public boolean namesPersons(@Nullable String inPath) {
            return clear != null && shows(inPath).stream().anyMatch(PERSONAL::contains);
        }

        /** @param inPath the entity that the path names; null when it names none */
        public List<String> shows(@Nullable String inPath) {
            return inPath == null
                    ? entities
                    : entities.stream()
                            .map(entity -> entity.equals(IN_PATH) ? inPath : entity)
                            .toList();
        }
    }

    private static Right shown(String path, List<String> entities, Scope scope) {
        return new Right(GET, path, List.of(scope), entities, Scope.PII_READ);
    }

    private static Right listed(String path, List<String> entities, Scope scope) {
        return new Right(GET, path, List.of(scope), entities, Scope.PII_BULK);
    }

    private static Right named(String path, List<String> entities, Scope... anyOf) {
        return new Right(GET, path, List.of(anyOf), entities, null);
    }

    private static Right done(String path, Scope... anyOf) {
        return new Right(POST, path, List.of(anyOf), List.of(), null);
    }

    private static Right open(String path) {
        return new Right(GET, path, List.of(), List.of(), null);
    }

    private static List<String> with(String one, List<String> more) {
        return Stream.concat(Stream.of(one), more.stream()).distinct().toList();
    }
}
