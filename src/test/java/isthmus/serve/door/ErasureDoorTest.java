package isthmus.serve.door;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Op;
import isthmus.security.Fingerprints;
import isthmus.security.Role;
import isthmus.security.seal.Sealed;
import isthmus.serve.Service;
import isthmus.serve.Sight;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A person over HTTP, from being looked for by a telephone number to being erased by two people. */
@TestMethodOrder(OrderAnnotation.class)
class ErasureDoorTest {
    private static final Provider PROVIDER = new Provider();
    private static final String ID = Cargo.urn("customer", "C1");
    private static final String ONE = "/api/v1/customer/" + Service.encoded(ID);
    private static final String NAME = "章伟";
    private static final String SEARCH = "/api/v1/customers/search";
    private static final String ERASURES = "/api/v1/erasures";

    private static Store store;
    private static Service service;
    private static Instant before;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        Sealed.chunks(store).commit(Cargo.chunk(1, customer(1), customer(2)));
        before = store.clock.instant();
        service = Service.over(store, new HashMap<>(PROVIDER.settings()), Map.of());
    }

    private static isthmus.model.Fact customer(int version) {
        String body = "{\"contacts\":[{\"preferred\":true,\"type\":\"mobile\",\"value\":\"+8613700001234\"}],\"id\":\""
                + ID + "\",\"identifiers\":[{\"hash\":\""
                + Fingerprints.nobodys().identifier("cnResidentId", "11010519491231002X")
                + "\",\"masked\":\"110***********002X\",\"type\":\"cnResidentId\",\"verified\":true}],\"kind\":\"person\",\"name\":{\"display\":\""
                + NAME + "\"},\"status\":\"v" + version
                + "\"}";
        return Cargo.fact("customer", ID, Op.UPSERT, version, body, null, List.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    private static HttpResponse<String> say(String path, Role role, String subject, String body, String... more)
            throws Exception {
        String token =
                PROVIDER.signed(PROVIDER.claims(role.word()).subject(subject).claim("isthmus_entities", "*"));
        String[] headers = new String[more.length + 4];
        System.arraycopy(more, 0, headers, 4, more.length);
        headers[0] = "Authorization";
        headers[1] = "Bearer " + token;
        headers[2] = "Content-Type";
        headers[3] = "application/json";
        return service.post(path, body, headers);
    }

    @Test
    @Order(1)
    void aCustomerIsFoundByATelephoneNumberHoweverItIsWritten() throws Exception {
        for (String number : List.of("13700001234", "+86 137-0000-1234", "１３７００００１２３４")) {
            HttpResponse<String> found = say(SEARCH, Role.CONSUMER, "portal", "{\"contact\":\"" + number + "\"}");

            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.body()).contains(ID, "章*", "137****1234").doesNotContain(NAME);
        }
        assertThat(say(SEARCH, Role.CONSUMER, "portal", "{\"name\":\"章 伟\",\"contact\":\"13700001234\"}")
                        .body())
                .contains(ID);
        assertThat(say(SEARCH, Role.CONSUMER, "portal", "{\"name\":\"章\"}").body())
                .doesNotContain(ID);
        for (String number : List.of("11010519491231002x", "１１０１０５４９１２３１００２", " 110105491231002 ")) {
            String wanted = "{\"type\":\"cnResidentId\",\"number\":\"" + number + "\"}";
            assertThat(say(SEARCH, Role.CONSUMER, "portal", wanted).body())
                    .as(number)
                    .contains(ID);
        }
        assertThat(say(SEARCH, Role.CONSUMER, "portal", "{}").statusCode()).isEqualTo(400);
        HttpResponse<String> clear = say(
                SEARCH,
                Role.PRIVACY_OFFICER,
                "officer",
                "{\"contact\":\"13700001234\"}",
                Sight.PURPOSE,
                "complaint",
                Sight.TICKET,
                "CS-1");
        assertThat(clear.body()).contains(NAME);
    }

    @Test
    @Order(2)
    void whoAsksCannotApprove() throws Exception {
        String wish = "{\"subject\":\"" + ID + "\",\"reason\":\"asked in writing\",\"ticket\":\"DSR-1\"}";
        String yes = "{\"reason\":\"checked\"}";

        assertThat(say(ERASURES, Role.PRIVACY_OFFICER, "olga", wish).statusCode())
                .isEqualTo(403);
        HttpResponse<String> asked = say(ERASURES, Role.OPERATOR, "oscar", wish);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("\"state\":\"requested\"", "\"requestedBy\":\"oscar\"");
        assertThat(say(ERASURES + "/1/approve", Role.OPERATOR, "other", yes).statusCode())
                .isEqualTo(403);
        HttpResponse<String> own = say(ERASURES + "/1/approve", Role.PRIVACY_OFFICER, "oscar", yes);
        assertThat(own.statusCode()).isEqualTo(409);
        assertThat(own.body()).contains("two persons");
        assertThat(say(ERASURES + "/9/approve", Role.PRIVACY_OFFICER, "olga", yes)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(3)
    void onceApprovedThePersonIsGoneAndThePastSaysSo() throws Exception {
        HttpResponse<String> done =
                say(ERASURES + "/1/approve", Role.PRIVACY_OFFICER, "olga", "{\"reason\":\"checked\"}");

        assertThat(done.body()).contains("\"state\":\"done\"", "\"keys\":1");
        String officer =
                PROVIDER.signed(PROVIDER.claims(Role.PRIVACY_OFFICER.word()).subject("officer"));
        String[] why = {"Authorization", "Bearer " + officer, Sight.PURPOSE, "complaint", Sight.TICKET, "CS-2"};
        assertThat(service.get(ONE, why).statusCode()).isEqualTo(410);
        HttpResponse<String> past = service.get(ONE + "?asOf=" + before, why);
        assertThat(past.body())
                .contains("erasedAt", "\"name\":null", "\"contacts\":[]", "\"status\":\"v2\"")
                .doesNotContain(NAME, "13700001234");
        assertThat(say(SEARCH, Role.CONSUMER, "portal", "{\"contact\":\"13700001234\"}")
                        .body())
                .doesNotContain(ID);
        assertThat(service.get(ERASURES, why).body()).contains("DSR-1", "olga", "oscar");
    }
}
