package isthmus.serve.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A unified customer with all that hangs on it. */
class CustomerAddressTest {
    private static final String NO = "3100000001";
    private static final String GOLDEN = "urn:isthmus:yj:hub:unifiedcustomer:7f0c";
    private static final String FORMER = "urn:isthmus:yj:hub:unifiedcustomer:0aaa";

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        Town town = new Town(service.store);
        town.household(1, 15);
        town.household(2, 2);
        town.request("by-account", "open", Map.of("account", NO));
        town.request("by-customer", "open", Map.of("customer", "C1"));
        town.request("closed", "closed", Map.of("account", NO));
        town.put(
                "hub",
                "unifiedcustomer",
                "7f0c",
                GOLDEN,
                null,
                null,
                Map.of(
                        "accounts", List.of(Town.id("billing", "account", NO)),
                        "servicePoints",
                                List.of(
                                        Town.id("billing", "servicepoint", "MP" + NO),
                                        Town.id("metering", "servicepoint", "MP" + NO))));
        service.store
                .sql
                .sql("insert into golden (id, anchor, built_at) values (?, ?, now()), (?, ?, now())")
                .params(GOLDEN, Town.id("billing", "customer", "acct-" + NO), FORMER, Town.id("crm", "customer", "C1"))
                .update();
        service.store
                .sql
                .sql("insert into golden_member values (?, ?), (?, ?)")
                .params(Town.id("billing", "customer", "acct-" + NO), GOLDEN, Town.id("crm", "customer", "C1"), GOLDEN)
                .update();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOLDEN,
                FORMER,
                "urn:isthmus:yj:crm:customer:C1",
                "urn:isthmus:yj:billing:customer:acct-3100000001"
            })
    void itIsFoundByItsIdByAFormerOneAndByAnyOfItsRecords(String id) throws Exception {
        JsonNode all = service.json("/api/v1/customers/" + id);

        assertThat(all.at("/customer/id").asText()).isEqualTo(GOLDEN);
    }

    @Test
    void allThatHangsOnACustomerIsOneAnswer() throws Exception {
        JsonNode all = service.json("/api/v1/customers/" + GOLDEN);

        assertThat(all.path("records")).hasSize(2);
        assertThat(all.at("/accounts/0/accountNo").asText()).isEqualTo(NO);
        assertThat(all.path("servicePoints")).isNotEmpty();
        assertThat(all.path("meters")).hasSize(1);
        assertThat(all.path("bills")).hasSize(12);
        assertThat(all.path("payments")).hasSize(12);
        assertThat(all.path("openRequests").findValuesAsText("id"))
                .containsExactlyInAnyOrder(
                        Town.id("crm", "servicerequest", "by-account"),
                        Town.id("crm", "servicerequest", "by-customer"));
    }

    @Test
    void nobodyIsNotFound() throws Exception {
        assertThat(service.get("/api/v1/customers/urn:isthmus:yj:crm:customer:none")
                        .statusCode())
                .isEqualTo(404);
    }
}
