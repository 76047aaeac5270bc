package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import isthmus.audit.Audit;
import isthmus.model.Entities;
import isthmus.security.Rights;
import isthmus.security.Rights.Right;
import isthmus.security.Role;
import isthmus.security.Scope;
import isthmus.serve.Service;
import isthmus.serve.Sight;
import isthmus.store.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A partner, whatever its token could do besides, reaches nothing but what may be granted, and that not without a grant. */
class PartnerDoorTest {
    private static final Provider PROVIDER = new Provider();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<String> SHARED =
            Set.of("/api/v1/{entity}", "/api/v1/{entity}/{id}", "/api/v1/{entity}/export", "/feed/v1/{entity}");

    private static Store store;
    private static Service service;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        service = Service.over(store, PROVIDER.settings(), Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    /** Of somebody who may do everything, and is a partner. */
    private static JWTClaimsSet.Builder almighty() {
        return PROVIDER.claims(Arrays.stream(Role.values()).map(Role::word).toArray(String[]::new))
                .claim("scope", Arrays.stream(Scope.values()).map(Scope::word).collect(Collectors.joining(" ")));
    }

    private static HttpResponse<String> ask(String method, String path, String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(service.address() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header(Sight.PURPOSE, "complaint")
                        .header(Sight.TICKET, "CS-20417")
                        .method(
                                method,
                                method.equals("POST")
                                        ? HttpRequest.BodyPublishers.ofString("{}")
                                        : HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static Stream<Right> rights() {
        return Rights.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void everyAddressIsShutOrOpenToEverybody(Right right) throws Exception {
        String partner = PROVIDER.signed(almighty().claim(Claims.PARTNER, "bank-a"));
        String own = PROVIDER.signed(almighty());

        for (String entity : right.path().contains("{entity}") ? Entities.ALL : List.of("bill")) {
            String path = right.path()
                    .replace("{entity}", entity)
                    .replaceAll("\\{\\*?[a-z]+}", right.path().contains("{day}") ? "2026-11-21" : "1");
            HttpResponse<String> answer = ask(right.method(), path, partner);

            if (right.isOpen()) {
                assertThat(answer.statusCode()).as(path).isNotIn(401, 403);
            } else {
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).as(path).contains("API-RIGHT");
                assertThat(ask(right.method(), path, own).statusCode())
                        .as("of the utility's own: " + path)
                        .isNotIn(401, 403);
            }
            assertThat(right.isForPartners()).as(path).isEqualTo(right.isOpen() || SHARED.contains(right.path()));
        }
    }

    @Test
    void whateverStandsInTheClaimMakesItsBearerAPartner() throws Exception {
        for (Object claim : List.of("bank-a", "", "*", "Bank A", List.of("bank-a"), 7, false)) {
            String token = PROVIDER.signed(almighty().claim(Claims.PARTNER, claim));

            assertThat(ask("GET", "/api/v1/bill", token).statusCode())
                    .as(String.valueOf(claim))
                    .isEqualTo(403);
            assertThat(ask("GET", "/api/v1/nights", token).statusCode())
                    .as(String.valueOf(claim))
                    .isEqualTo(403);
        }
    }

    @Test
    void aPartnersKeyIsMadeForSharingOnly() {
        ApiKeys keys = new ApiKeys(store.source, new Audit(store.source, store.clock), store.clock);
        Set<String> all = Set.of("*");
        Duration day = Duration.ofDays(1);

        for (String scope : List.of("pii:read", "pii:bulk", "ops:read", "audit:read", "run:*")) {
            assertThatThrownBy(() -> keys.create("x", Set.of("feed:read", scope), all, "bank-a", day, "clerk"))
                    .isInstanceOf(ApiKeys.Unfit.class);
        }
        assertThatThrownBy(() -> keys.create("x", Set.of("feed:read"), all, "Bank A", day, "clerk"))
                .isInstanceOf(ApiKeys.Unfit.class);
        ApiKeys.Fresh fresh = keys.create("bank-a", Set.of("feed:read"), all, "bank-a", day, "clerk");
        assertThat(keys.all())
                .filteredOn(key -> key.id().equals(fresh.id()))
                .extracting(ApiKeys.Kept::partner)
                .containsExactly("bank-a");
        assertThat(store.audit()).anyMatch(line -> line.contains("bank-a of partner bank-a may feed:read"));
    }
}
