package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.audit.Audit;
import isthmus.serve.Service;
import isthmus.serve.door.ApiKeys.Fresh;
import isthmus.serve.door.ApiKeys.Kept;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fixture 44 of trust.md: what a program may not see, it does not see by whatever way it asks. */
class ApiKeysTest {
    private static final Provider PROVIDER = new Provider();
    private static final Duration LIFE = Duration.ofDays(1);

    private static Store store;
    private static Service service;
    private static ApiKeys keys;
    private static int names;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        service = Service.over(store, PROVIDER.settings(), Map.of());
        keys = keys(Clock.systemUTC());
        for (int i = 1; i <= 3; i++) {
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/" + i, 1, "12.00")));
            store.chunks.commit(Cargo.chunk(1, Cargo.account("31" + i, 1)));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    private static ApiKeys keys(Clock clock) {
        return new ApiKeys(store.source, new Audit(store.source, clock), clock);
    }

    private static Fresh key(Set<String> entities, String... scopes) {
        return keys.create("portal-" + ++names, Set.of(scopes), entities, null, LIFE, "clerk");
    }

    private static HttpResponse<String> ask(Fresh key, String path) throws Exception {
        return service.get(path, "X-Api-Key", key.key());
    }

    private static int status(Fresh key, String path) throws Exception {
        return ask(key, path).statusCode();
    }

    @Test
    void aKeyIsShownOnceAndKeptAsAHash() {
        Fresh fresh = key(Set.of("bill"), "feed:read");

        String kept = store.sql
                .sql("select api_key::text || ' ' || coalesce((select string_agg(audit::text, ' ') from audit), '')"
                        + " from api_key where id = ?")
                .param(fresh.id())
                .query(String.class)
                .single();

        String secret = fresh.key().substring("isk_0123456789abcdef_".length());
        assertThat(secret).hasSize(43);
        assertThat(kept).contains(fresh.id()).doesNotContain(secret);
        assertThat(fresh.toString()).doesNotContain(secret);
        assertThat(KeyText.of(fresh.key()).orElseThrow().toString()).doesNotContain(secret);
    }

    @Test
    void givingOutAndTakingBackAreInTheAudit() {
        Fresh fresh = key(Set.of("bill"), "feed:read", "export:bulk");
        assertThat(keys.revoke(fresh.id(), "no longer used", "clerk")).isTrue();
        assertThat(keys.revoke(fresh.id(), "again", "clerk")).isFalse();

        assertThat(store.sql
                        .sql("select actor || ' ' || action || ' ' || detail from audit where subject = ? order by id")
                        .param(fresh.id())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "clerk key.create " + fresh.name() + " may export:bulk feed:read of bill until "
                                + fresh.expires(),
                        "clerk key.revoke no longer used");
        assertThat(keys.all())
                .filteredOn(key -> key.id().equals(fresh.id()))
                .extracting(Kept::state)
                .containsExactly("revoked");
    }

    @Test
    void aKeyThatCannotBeIsNotMade() {
        long before = store.count("api_key");
        for (Runnable wrong : List.<Runnable>of(
                () -> keys.create("a b", Set.of("feed:read"), Set.of(), null, LIFE, "clerk"),
                () -> keys.create("x", Set.of(), Set.of(), null, LIFE, "clerk"),
                () -> keys.create("x", Set.of("everything"), Set.of(), null, LIFE, "clerk"),
                () -> keys.create("x", Set.of("feed:read"), Set.of("bills"), null, LIFE, "clerk"),
                () -> keys.create("x", Set.of("feed:read"), Set.of(), null, Duration.ZERO, "clerk"),
                () -> keys.create("x", Set.of("feed:read"), Set.of(), null, Duration.ofDays(367), "clerk"))) {
            assertThatThrownBy(wrong::run).isInstanceOf(ApiKeys.Unfit.class);
        }
        Fresh one = key(Set.of("bill"), "feed:read");
        assertThatThrownBy(() -> keys.create(one.name(), Set.of("feed:read"), Set.of(), null, LIFE, "clerk"))
                .isInstanceOf(ApiKeys.Unfit.class);
        assertThat(store.count("api_key")).isEqualTo(before + 1);
    }

    @Test
    void itIsTakenInEitherHeaderUntilItExpiresOrIsRevoked() throws Exception {
        Fresh key = key(Set.of("bill"), "feed:read");
        Fresh old = keys(Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)))
                .create("old", Set.of("feed:read"), Set.of("bill"), null, LIFE, "clerk");

        assertThat(status(key, "/api/v1/bill")).isEqualTo(200);
        assertThat(service.get("/api/v1/bill", "Authorization", "Bearer " + key.key())
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask(old, "/api/v1/bill").body()).contains("API-TOKEN", "expired");
        char last = key.key().charAt(key.key().length() - 1);
        String other = key.key().substring(0, key.key().length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(service.get("/api/v1/bill", "X-Api-Key", other).statusCode()).isEqualTo(401);

        keys.revoke(key.id(), "test", "clerk");
        await().atMost(Duration.ofSeconds(60)).until(() -> status(key, "/api/v1/bill") == 401);
    }

    @Test
    void whoMaySeeBillsSeesNothingElse() throws Exception {
        Fresh bills = key(Set.of("bill"), "feed:read", "export:bulk", "pii:read");
        String account = Service.encoded(Cargo.urn("account", "311"));

        for (String path : List.of("/api/v1/bill", "/feed/v1/bill?limit=1", "/api/v1/bill/export?format=jsonl")) {
            assertThat(status(bills, path)).as(path).isEqualTo(200);
        }
        for (String path : List.of(
                "/api/v1/account",
                "/api/v1/account/" + account,
                "/api/v1/account/" + account + "/360",
                "/api/v1/account/" + account + "/trace",
                "/api/v1/account/export?format=jsonl",
                "/api/v1/customers/" + account,
                "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1")) + "/trace",
                "/feed/v1/account?limit=1",
                "/api/v1/payment",
                "/api/v1/nothing",
                "/api/v1/nights",
                "/api/v1/consumers",
                "/api/v1/ACCOUNT",
                "/api/v1/accoun%74")) {
            assertThat(status(bills, path)).as(path).isEqualTo(403);
        }
        // An id of another entity is no way to it.
        assertThat(status(bills, "/api/v1/bill/" + account)).isEqualTo(404);
        assertThat(status(bills, "/api/v1/bill/..%2faccount%2f" + account)).isEqualTo(404);
        assertThat(status(bills, "/api/v1/bill/../account/" + account)).isEqualTo(400);
    }

    @Test
    void aFilterWidensNothing() throws Exception {
        Fresh bills = key(Set.of("bill"), "feed:read");

        assertThat(status(bills, "/api/v1/bill?entity=account")).isEqualTo(400);
        assertThat(status(bills, "/api/v1/bill?fields=account%2Fname")).isIn(200, 400);
        assertThat(ask(bills, "/api/v1/bill?account=311").body()).doesNotContain(":account:311\"}");
        assertThat(status(bills, "/api/v1/account?entity=bill")).isEqualTo(403);
    }

    @Test
    void anothersPositionLeadsNowhere() throws Exception {
        Fresh all = key(Set.of("*"), "feed:read", "pii:read");
        Fresh bills = key(Set.of("bill"), "feed:read");
        ObjectMapper json = new ObjectMapper();
        String next = json.readTree(ask(all, "/api/v1/account?limit=1").body())
                .path("next")
                .asText();
        String position = json.readTree(ask(all, "/feed/v1/account?limit=1")
                        .body()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .path("position")
                .asText();

        assertThat(next).isNotEmpty();
        assertThat(ask(bills, "/api/v1/bill?after=" + next).body()).contains("API-POSITION");
        assertThat(ask(bills, "/feed/v1/bill?after=" + position).body())
                .doesNotContain(":account:")
                .satisfiesAnyOf(
                        body -> assertThat(body).contains("API-POSITION"),
                        body -> assertThat(body).contains("\"more\""));
        assertThat(service.get("/feed/v1/account?limit=1", "X-Api-Key", bills.key(), "Last-Event-ID", position)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aReaderHasNoOthersName() throws Exception {
        Fresh mine = key(Set.of("bill"), "feed:read");
        Fresh others = key(Set.of("bill"), "feed:read");

        assertThat(status(mine, "/feed/v1/bill?limit=1&consumer=" + mine.name()))
                .isEqualTo(200);
        assertThat(status(mine, "/feed/v1/bill?limit=1&consumer=" + mine.name() + "-night"))
                .isEqualTo(200);
        HttpResponse<String> refused = ask(mine, "/feed/v1/bill?limit=1&consumer=" + others.name());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("API-RIGHT", "consumer").doesNotContain("12.00");
        assertThat(status(mine, "/feed/v1/bill?limit=1&consumer=" + mine.name() + "x"))
                .isEqualTo(403);
    }

    @Test
    void whatAKeyDoesIsInTheAuditUnderItsName() throws Exception {
        Fresh operator = key(Set.of(), "run:reconcile", "reconcile:read");
        store.sql.sql("""
                        insert into reconcile_break (code, subject, cause, owner, severity, state, kwh, money, evidence,
                            first_seen, opened, opened_night, last_seen, last_night)
                        values ('X-KWH', 'MP1/2026-10', 'unexplained', 'o', 'error', 'open', 10, 5, '{}',
                            now(), now(), 1, now(), 1)""").update();
        long id = store.sql
                .sql("select max(id) from reconcile_break")
                .query(Long.class)
                .single();

        HttpResponse<String> said = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/breaks/" + id + "/acknowledge"))
                                .header("X-Api-Key", operator.key())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"seen\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        assertThat(said.body()).contains("\"saidBy\":\"key:" + operator.name() + "\"");
    }
}
