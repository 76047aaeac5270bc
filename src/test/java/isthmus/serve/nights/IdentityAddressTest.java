package isthmus.serve.nights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.crosscheck.Seeds;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pairs that wait, why, and what is said of them, over HTTP. */
class IdentityAddressTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAIR = "left=%s&right=%s";

    private static Store store;
    private static Service service;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        service = Service.over(store);
        for (int i = 1; i <= 3; i++) {
            customer("billing", "b" + i, "李婷", "+861381234000" + i);
            customer("crm", "C" + i, "李亭", "+861381234000" + i);
        }
        night(1);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void pairsThatWaitComePageByPageWithoutAName() throws Exception {
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = service.json("/api/v1/identity/review?limit=1&rule=match" + after);
            found.add(page.at("/items/0/left").asText());
            assertThat(page.at("/items/0/leftName").asText()).isEqualTo("李*");
            assertThat(page.at("/items/0/money").isTextual()).isTrue();
            after = page.has("next")
                    ? "&after=" + Service.encoded(page.path("next").asText())
                    : "";
        } while (!after.isEmpty());

        assertThat(found).hasSizeBetween(2, 3).doesNotHaveDuplicates();
        assertThat(service.get("/api/v1/identity/review?after=nowhere").statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/v1/identity/review?rule=GUESS").statusCode())
                .isEqualTo(400);
    }

    @Test
    void twoAreExplainedInFiguresAndAsAPicture() throws Exception {
        String pair = PAIR.formatted(id("billing", "b1"), id("crm", "C1"));

        JsonNode said = service.json("/api/v1/identity/explain?" + pair);
        HttpResponse<String> picture = service.get("/api/v1/identity/explain.svg?" + pair);

        assertThat(said.at("/parts/0/left").asText()).isEqualTo("138****0001");
        assertThat(said.path("why").asText()).isEqualTo("unsure");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(picture.body()).contains("<svg", "138****0001").doesNotContain("李婷");
        assertThat(service.get("/api/v1/identity/explain?left=" + id("crm", "C1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/v1/identity/explain?" + PAIR.formatted(id("crm", "C1"), id("crm", "C9")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsSaidStandsThroughTheNightAndIsTakenBack() throws Exception {
        JsonNode rejected =
                JSON.readTree(say("b3", "C3", "reject", "two people").body());
        night(2);
        HttpResponse<String> again = say("b3", "C3", "reject", "two people");
        JsonNode undone = JSON.readTree(say("b3", "C3", "undo", "one after all").body());
        night(3);
        JsonNode after =
                service.json("/api/v1/identity/explain?" + PAIR.formatted(id("billing", "b3"), id("crm", "C3")));

        assertThat(rejected.at("/after/state").asText()).isEqualTo("vetoed");
        assertThat(rejected.at("/after/by").asText()).isEqualTo("user:local");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(undone.at("/before/state").asText()).isEqualTo("vetoed");
        assertThat(after.at("/stands/by").asText()).isEqualTo("rules");
        assertThat(store.sql
                        .sql("select action from audit where subject like '%:b3 %' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("identity.reject", "identity.undo");
    }

    @Test
    void whatCannotBeSaidIsRefused() throws Exception {
        assertThat(say("b1", "C1", "merge", "why").statusCode()).isEqualTo(400);
        assertThat(say("b1", "C1", "link", "").statusCode()).isEqualTo(400);
        assertThat(say("b1", "C9", "link", "why").statusCode()).isEqualTo(404);
        assertThat(say("b1", "C1", "undo", "why").statusCode()).isEqualTo(409);
    }

    @Test
    void aValueIsSetWithAReasonAndIsInNoAnswerAndNoAudit() throws Exception {
        String record = "urn:isthmus:yj:crm:customer:C1";

        HttpResponse<String> set = post(
                "values", new IdentityAddress.Correction(record, "/contacts/mobile", "+8613900009999", "called back"));
        HttpResponse<String> back =
                post("values", new IdentityAddress.Correction(record, "/contacts/mobile", null, "a mistake"));

        assertThat(JSON.readTree(set.body()).path("record").asText()).isEqualTo(record);
        assertThat(set.body()).contains("\"isTakenBack\":false").doesNotContain("9999");
        assertThat(back.body()).contains("\"isTakenBack\":true");
        assertThat(store.sql
                        .sql("select action || ' ' || detail from audit where subject = ? order by id")
                        .param(record + " /contacts/mobile")
                        .query(String.class)
                        .list())
                .containsExactly("identity.set called back", "identity.unset a mistake");
        assertThat(post("values", new IdentityAddress.Correction(record, "/status", "closed", "why"))
                        .body())
                .contains("\"field\":\"path\"");
        assertThat(post("values", new IdentityAddress.Correction(record, null, "x", "why"))
                        .body())
                .contains("\"field\":\"path\"");
        assertThat(post("values", new IdentityAddress.Correction(record, "/contacts/mobile", "call me", "why"))
                        .body())
                .contains("\"field\":\"value\"")
                .doesNotContain("call me");
        assertThat(post("values", new IdentityAddress.Correction(record + "9", "/contacts/mobile", null, "why"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> say(String left, String right, String decision, String reason)
            throws Exception {
        return post(
                "links",
                new IdentityAddress.Said(
                        "urn:isthmus:yj:billing:customer:" + left,
                        "urn:isthmus:yj:crm:customer:" + right,
                        decision,
                        reason));
    }

    private static HttpResponse<String> post(String what, Object said) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/identity/" + what))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(said)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String id(String silo, String key) {
        return Service.encoded("urn:isthmus:yj:" + silo + ":customer:" + key);
    }

    private static void customer(String silo, String key, String name, String phone) {
        Seeds.record(
                store,
                silo,
                "customer",
                key,
                "{\"kind\": \"person\", \"name\": {\"display\": \"%s\"}, \"contacts\": [{\"value\": \"%s\"}]}"
                        .formatted(name, phone));
    }

    private static void night(long night) {
        new Linking(service.room(IdentityRules.class), store.source, store.clock).update(night, Linking.Notes.NONE);
    }
}
