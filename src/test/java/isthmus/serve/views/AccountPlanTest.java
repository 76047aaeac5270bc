package isthmus.serve.views;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.serve.Town;
import isthmus.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountPlanTest {
    private static final String NO = "3100000001";

    @Test
    void inATownOfThousandsEachPartOfAnAccountIsFoundThroughItsIndex() {
        Store store = Store.fresh();
        Town town = new Town(store);
        town.household(1, 3);
        town.request("W" + NO, "open", Map.of("account", NO, "customer", "C" + NO, "servicePoint", "MP" + NO));
        town.grow(5_000);

        List<String> plan = store.sql
                .sql("explain (analyze, timing off) " + AccountAddress.ALL_OF_IT)
                .param(Town.id("billing", "account", "17"))
                .query(String.class)
                .list();

        assertThat(String.join("\n", plan))
                .doesNotContain("Seq Scan")
                .contains("record_customer_account", "record_meter_points", "record_bill_account")
                .contains("record_payment_account", "record_servicerequest_account");
        assertThat(plan.stream().filter(step -> step.matches(".*actual rows=[0-9.]*[0-9]{3}.*")))
                .as("no step passes a hundred rows on")
                .isEmpty();
    }
}
