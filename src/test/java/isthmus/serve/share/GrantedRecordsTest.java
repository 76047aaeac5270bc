package isthmus.serve.share;

import static isthmus.serve.share.Town.FINANCE;
import static isthmus.serve.share.Town.TELECOM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.security.share.Grant;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a partner gets of lists and of single records. */
class GrantedRecordsTest {
    private final Town town = new Town();

    @AfterEach
    void stop() {
        town.close();
    }

    private List<JsonNode> records(String partner, String entity) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        town.json(partner, "/api/v1/" + entity).path("items").forEach(item -> records.add(item.path("record")));
        return records;
    }

    @Test
    void aGrantCarriesItsFieldsAndNoOthers() throws Exception {
        town.say(
                Town.customer("C4711", 1, FINANCE),
                Town.account("A4711", 1, "C4711"),
                Town.bill("B4711", 1, "A4711", "12.50"));
        town.grant("bank-a", FINANCE, "bill", "amounts.total", "/lines/amount", "account");
        town.grant("bank-a", FINANCE, "customer", "name.display", "identifiers");

        JsonNode bill = records("bank-a", "bill").get(0);
        JsonNode customer = records("bank-a", "customer").get(0);

        assertThat(bill.toString())
                .isEqualTo("{\"id\":\"" + bill.path("id").asText() + "\",\"account\":\""
                        + bill.path("account").asText()
                        + "\",\"amounts\":{\"total\":\"12.50\"},\"lines\":[{\"amount\":\"12.50\"}]}");
        assertThat(customer.properties().stream().map(member -> member.getKey()))
                .containsExactlyInAnyOrder("id", "identifiers", "name");
        assertThat(customer.path("name").toString()).isEqualTo("{\"display\":\"章伟\"}");
        assertThat(customer.at("/identifiers/0/hash").asText())
                .matches("h1:[A-Za-z0-9_-]{22}")
                .isNotEqualTo(Town.HASH);
        assertThat(customer.at("/identifiers/0/masked").asText()).isEqualTo("410***********1234");
    }

    @Test
    void whoHasNotConsentedIsAbsent() throws Exception {
        town.say(
                Town.customer("yes", 1, FINANCE),
                Town.customer("no", 1, "!" + FINANCE),
                Town.customer("silent", 1),
                Town.customer("elsewhere", 1, TELECOM),
                Town.customer("both", 1, FINANCE, "!" + FINANCE));
        for (String one : List.of("yes", "no", "silent", "elsewhere", "both", "unknown")) {
            town.say(Town.account("A-" + one, 1, one), Town.bill("B-" + one, 1, "A-" + one, "1.00"));
        }
        town.say(Town.bill("B-lost", 1, "nowhere", "1.00"));
        town.grant("bank-a", FINANCE, "customer", "status");
        town.grant("bank-a", FINANCE, "account", "accountNo");
        town.grant("bank-a", FINANCE, "bill", "account");

        List<JsonNode> accounts = records("bank-a", "account");
        assertThat(accounts).extracting(one -> one.path("accountNo").asText()).containsExactly("A-yes");
        assertThat(records("bank-a", "customer")).hasSize(1);
        assertThat(records("bank-a", "bill"))
                .extracting(one -> one.path("account"))
                .containsExactly(accounts.get(0).path("id"));
    }

    @Test
    void aNoInAnyRecordOfAPersonWins() throws Exception {
        town.say(
                Town.customer("crm", 1, FINANCE),
                Town.customer("billing", 1),
                Town.customer("other", 1, FINANCE),
                Town.customer("denies", 1, "!" + FINANCE));
        town.link("crm", "billing");
        town.link("other", "denies");
        for (String one : List.of("crm", "billing", "other", "denies")) {
            town.say(Town.account("A-" + one, 1, one));
        }
        town.grant("bank-a", FINANCE, "account", "accountNo");

        assertThat(records("bank-a", "account"))
                .extracting(one -> one.path("accountNo").asText())
                .containsExactly("A-billing", "A-crm");
    }

    @Test
    void anAccountThatChangedHandsSpeaksForAllWhoHadIt() throws Exception {
        town.say(
                Town.customer("former", 1),
                Town.customer("now", 1, FINANCE),
                Town.account("A1", 1, "former"),
                Town.bill("B1", 1, "A1", "1.00"),
                Town.account("A1", 2, "now"));
        town.grant("bank-a", FINANCE, "bill", "amounts.total");
        town.grant("bank-a", FINANCE, "account", "accountNo");

        assertThat(records("bank-a", "account")).hasSize(1);
        assertThat(records("bank-a", "bill")).isEmpty();
    }

    @Test
    void severalGrantsAddUpAsFarAsThereIsConsent() throws Exception {
        town.say(Town.customer("one", 1, FINANCE, "!" + TELECOM), Town.customer("two", 1, FINANCE, TELECOM));
        town.grant("bank-a", FINANCE, "customer", "status");
        town.grant("bank-a", TELECOM, "customer", "kind");

        assertThat(records("bank-a", "customer"))
                .extracting(one -> one.has("status") + " " + one.has("kind"))
                .containsExactly("true false", "true true");
    }

    @Test
    void onlyWhatIsGoodNowOpensAnything() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE));
        Instant now = Instant.now();
        Clock before = Clock.offset(Clock.systemUTC(), Duration.ofDays(-60));
        town.grants(before)
                .give(
                        new Grants.Wish(
                                "bank-a", FINANCE, "customer", List.of("kind"), null, now.minusSeconds(1), "T-1"),
                        "clerk");
        town.grants(town.store.clock)
                .give(
                        new Grants.Wish(
                                "bank-a",
                                FINANCE,
                                "customer",
                                List.of("kind"),
                                now.plusSeconds(3600),
                                now.plusSeconds(7200),
                                "T-2"),
                        "clerk");
        Grant good = town.grant("bank-b", FINANCE, "customer", "kind");

        assertThat(town.ask("bank-a", "/api/v1/customer").statusCode()).isEqualTo(403);
        assertThat(town.ask("bank-b", "/api/v1/customer").statusCode()).isEqualTo(200);
        assertThat(town.ask("bank-b", "/api/v1/account").statusCode()).isEqualTo(403);

        town.grants(town.store.clock).revoke(good.id(), "contract ended", "clerk");

        for (String path : List.of(
                "/api/v1/customer",
                "/api/v1/customer/x",
                "/api/v1/customer/export?format=jsonl",
                "/feed/v1/customer?limit=1")) {
            assertThat(town.ask("bank-b", path).body()).as(path).contains("API-RIGHT", "no grant of it is good");
        }
    }

    @Test
    void twoPartnersKnowARecordByNamesThatHaveNothingInCommon() throws Exception {
        town.say(Town.customer("C4711", 1, FINANCE), Town.account("A4711", 1, "C4711"));
        for (String partner : List.of("bank-a", "bank-b")) {
            town.grant(partner, FINANCE, "account", "customer");
            town.grant(partner, FINANCE, "customer", "identifiers");
        }

        JsonNode mine = records("bank-a", "account").get(0);
        JsonNode others = records("bank-b", "account").get(0);
        JsonNode customer = records("bank-a", "customer").get(0);

        assertThat(mine.path("id").asText())
                .startsWith("urn:isthmus:partner:bank-a:account:")
                .isEqualTo(records("bank-a", "account").get(0).path("id").asText());
        assertThat(mine.path("customer")).isEqualTo(customer.path("id"));
        assertThat(mine.path("id").asText().split(":")[5])
                .isNotEqualTo(others.path("id").asText().split(":")[5]);
        assertThat(customer.path("identifiers"))
                .isNotEqualTo(records("bank-b", "customer").get(0).path("identifiers"));
        assertThat(town.ask("bank-a", "/api/v1/account").body()).doesNotContain("4711", "billing", "urn:isthmus:yj");
        assertThat(town.ask("bank-b", "/api/v1/account/" + mine.path("id").asText())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRecordIsFoundByItsNameForThePartnerOnly() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE), Town.customer("C2", 1));
        town.grant("bank-a", FINANCE, "customer", "kind");
        String name = records("bank-a", "customer").get(0).path("id").asText();

        assertThat(town.ask("bank-a", "/api/v1/customer/" + name).body())
                .isEqualTo("{\"meta\":{\"entity\":\"customer\"},\"record\":{\"id\":\"" + name
                        + "\",\"kind\":\"person\"}}");
        assertThat(town.ask("bank-a", "/api/v1/customer/" + Service.encoded(Town.id("customer", "C1")))
                        .statusCode())
                .as("by the utility's own id")
                .isEqualTo(404);

        town.say(Town.customer("C1", 2, "!" + FINANCE));
        assertThat(town.ask("bank-a", "/api/v1/customer/" + name).statusCode()).isEqualTo(404);

        town.say(Cargo.deleted("customer", "C1", 3));
        assertThat(town.ask("bank-a", "/api/v1/customer/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void aListIsReadToItsEndThoughPagesAreEmpty() throws Exception {
        for (int i = 1; i <= 7; i++) {
            town.say(i == 2 || i == 7 ? Town.customer("C" + i, 1, FINANCE) : Town.customer("C" + i, 1));
        }
        town.grant("bank-a", FINANCE, "customer", "kind");

        List<Integer> sizes = new ArrayList<>();
        JsonNode page = town.json("bank-a", "/api/v1/customer?limit=2");
        sizes.add(page.path("items").size());
        while (page.has("next")) {
            assertThat(page.path("next").asText()).doesNotContain("C2");
            page = town.json(
                    "bank-a",
                    "/api/v1/customer?limit=2&after=" + page.path("next").asText());
            sizes.add(page.path("items").size());
        }

        assertThat(sizes).containsExactly(1, 0, 0, 1);
    }

    @Test
    void thatAPartnerHasReadIsInTheAuditOnceADayAndEntity() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE));
        town.grant("bank-a", FINANCE, "customer", "kind");
        town.grant("bank-a", FINANCE, "account", "status");

        for (String path : List.of("/api/v1/customer", "/feed/v1/customer", "/api/v1/customer", "/api/v1/account")) {
            assertThat(town.ask("bank-a", path).statusCode()).isEqualTo(200);
        }

        assertThat(town.store.audit())
                .filteredOn(line -> line.contains("share.read"))
                .satisfiesExactly(
                        line -> assertThat(line).matches("key:key-\\d+ share.read customer: bank-a by grant 1"),
                        line -> assertThat(line).matches("key:key-\\d+ share.read account: bank-a by grant 2"));
    }

    @Test
    void aFilterIsNoWayRoundTheNames() throws Exception {
        town.say(Town.customer("C1", 1, FINANCE), Town.account("A1", 1, "C1"));
        town.grant("bank-a", FINANCE, "account", "status");
        String name = records("bank-a", "account").get(0).path("id").asText();

        for (String path : List.of(
                "/api/v1/account?accountNo=A1",
                "/api/v1/account?key=A1",
                "/api/v1/account?silo=billing",
                "/api/v1/account?customer=C1",
                "/api/v1/account?fields=accountNo",
                "/api/v1/account?changedSince=2026-01-01T00:00:00Z",
                "/api/v1/account/" + name + "?asOf=2026-11-30T00:00:00Z",
                "/api/v1/account/export?format=csv&silo=billing",
                "/api/v1/account/export?format=csv&deleted=true",
                "/api/v1/account?after=dXJuOmlzdGhtdXM6eWo6YmlsbGluZzphY2NvdW50OkEx")) {
            assertThat(town.ask("bank-a", path).statusCode()).as(path).isEqualTo(400);
        }
    }
}
