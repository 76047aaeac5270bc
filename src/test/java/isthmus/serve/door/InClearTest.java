package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Op;
import isthmus.security.Role;
import isthmus.security.seal.Sealed;
import isthmus.serve.Service;
import isthmus.serve.Sight;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fixture 46 of trust.md, and what comes before it: persons are masked, in clear only for a purpose that is in the audit. */
class InClearTest {
    private static final Provider PROVIDER = new Provider();
    private static final int AN_HOUR = 40;
    private static final String ID = Cargo.urn("customer", "C1");
    private static final String ONE = "/api/v1/customer/" + Service.encoded(ID);
    private static final String NAME = "章伟";

    private static Store store;
    private static Service service;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        Sealed.chunks(store)
                .commit(Cargo.chunk(
                        1,
                        Cargo.fact(
                                "customer",
                                ID,
                                Op.UPSERT,
                                1,
                                "{\"contacts\":[{\"preferred\":true,\"type\":\"mobile\",\"value\":\"+8613700001234\"}],\"id\":\""
                                        + ID + "\",\"kind\":\"person\",\"name\":{\"display\":\"" + NAME
                                        + "\"},\"status\":\"active\"}",
                                null,
                                List.of())));
        Map<String, Object> settings = new HashMap<>(PROVIDER.settings());
        settings.put("isthmus.security.inclear", AN_HOUR);
        service = Service.over(store, settings, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    private static String officer(String subject) {
        return PROVIDER.signed(PROVIDER.claims(Role.PRIVACY_OFFICER.word()).subject(subject));
    }

    private static HttpResponse<String> ask(String path, String token, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        return service.get(path, all);
    }

    private static HttpResponse<String> clear(String path, String token) throws Exception {
        return ask(path, token, Sight.PURPOSE, "complaint", Sight.TICKET, "CS-20417");
    }

    private static List<String> audited(String actor) {
        return store.sql
                .sql("select action || ' ' || subject || ' ' || detail from audit where actor = ? order by id")
                .param(actor)
                .query(String.class)
                .list();
    }

    @Test
    void withoutAPurposeTheyAreMaskedOnEveryWayOut() throws Exception {
        String contract = PROVIDER.signed(PROVIDER.claims(Role.CONSUMER.word()).claim("scope", "pii:read pii:bulk"));

        for (String path : List.of(
                ONE,
                "/api/v1/customer",
                "/api/v1/customer?fields=name",
                "/feed/v1/customer?limit=1",
                "/api/v1/customer/export?format=jsonl",
                "/api/v1/customer/export?format=csv")) {
            HttpResponse<String> answer = ask(path, contract);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains("章*").doesNotContain(NAME, "13700001234");
            assertThat(answer.headers().firstValue(InClear.TOLD)).as(path).hasValue("masked");
        }
    }

    @Test
    void withOneTheyAreInClearAndInTheAudit() throws Exception {
        String officer = officer("officer-1");

        HttpResponse<String> answer = clear(ONE, officer);

        assertThat(answer.body()).contains(NAME, "+8613700001234");
        assertThat(audited("officer-1")).containsExactly("personal.read " + ONE + " complaint, ticket CS-20417");
    }

    @Test
    void listsInClearWantAContract() throws Exception {
        String contract = PROVIDER.signed(
                PROVIDER.claims(Role.CONSUMER.word()).subject("partner").claim("scope", "pii:bulk"));
        List<String> lists =
                List.of("/api/v1/customer", "/feed/v1/customer?limit=1", "/api/v1/customer/export?format=jsonl");

        for (String path : lists) {
            assertThat(clear(path, contract).body()).as(path).contains(NAME);
            assertThat(clear(path, officer("officer-2")).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(clear(ONE, contract).body())
                .contains("API-RIGHT", "pii:read")
                .doesNotContain(NAME);
        assertThat(audited("partner")).hasSize(lists.size());
    }

    @Test
    void halfAReasonIsNone() throws Exception {
        String officer = officer("officer-3");

        assertThat(ask(ONE, officer, Sight.PURPOSE, "complaint").body()).contains("API-PARAMETER", Sight.TICKET);
        assertThat(ask(ONE, officer, Sight.TICKET, "CS-1").body()).contains("API-PARAMETER", Sight.PURPOSE);
        assertThat(ask(ONE, officer, Sight.PURPOSE, "Zhang Wei asked", Sight.TICKET, "CS-1")
                        .body())
                .contains("API-PARAMETER")
                .doesNotContain("Zhang");
        assertThat(audited("officer-3")).isEmpty();
    }

    @Test
    void theTagOfAMaskedRecordIsAnother() throws Exception {
        String officer = officer("officer-4");
        String masked = ask(ONE, officer).headers().firstValue("ETag").orElseThrow();
        String clear = clear(ONE, officer).headers().firstValue("ETag").orElseThrow();

        assertThat(masked).isNotEqualTo(clear);
        assertThat(ask(ONE, officer, "If-None-Match", masked).statusCode()).isEqualTo(304);
        assertThat(ask(ONE, officer, "If-None-Match", clear).statusCode()).isEqualTo(200);
    }

    @Test
    void whoAsksForManyOneByOneIsStoppedAndToldOf() throws Exception {
        String curious = officer("curious");
        int told = 0;
        HttpResponse<String> answer = clear(ONE, curious);
        while (answer.statusCode() == 200 && told <= AN_HOUR) {
            told++;
            answer = clear(ONE, curious);
        }

        assertThat(told).isEqualTo(AN_HOUR);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(clear(ONE, curious).statusCode()).isEqualTo(429);
        assertThat(ask(ONE, curious).body()).contains("章*");
        assertThat(clear(ONE, officer("another")).statusCode()).isEqualTo(200);
        assertThat(audited("curious"))
                .hasSize(AN_HOUR + 1)
                .filteredOn(line -> line.startsWith("personal.refused"))
                .hasSize(1);
    }
}
