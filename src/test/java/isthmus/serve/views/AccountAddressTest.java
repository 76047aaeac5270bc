package isthmus.serve.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountAddressTest {
    private static final String NO = "3100000001";
    private static final String ALL_OF_IT = all(NO);

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.over(Store.fresh());
        Town town = new Town(service.store);
        town.household(1, 15);
        town.household(2, 2);
        town.meter("former", "7", "MP9", "MP" + NO);
        town.request("by-account", "open", Map.of("account", NO));
        town.request("by-point", "inProgress", Map.of("servicePoint", "MP" + NO));
        town.request("by-customer", "waitingCustomer", Map.of("customer", "C1"));
        town.request("closed", "closed", Map.of("account", NO));
        town.request("cancelled", "cancelled", Map.of("account", NO));
        town.request("of-another-account", "open", Map.of("account", "3100000002", "customer", "C1"));
        town.account("bare", "2020-01-01", null);
        town.account("gone", "2020-01-01", null);
        town.delete("billing", "account", "gone");
        town.bill(NO, LocalDate.of(2027, 1, 1), "9.00");
        town.delete("billing", "bill", NO + "/202701/1");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void allThatHangsOnAnAccountIsOneAnswer() throws Exception {
        JsonNode all = service.json(ALL_OF_IT);

        assertThat(all.at("/account/accountNo").asText()).isEqualTo(NO);
        assertThat(keys(all, "customers")).containsExactly("acct-" + NO);
        assertThat(keys(all, "linkedCustomers")).containsExactly("C1");
        assertThat(keys(all, "servicePoints")).containsExactly("MP" + NO);
        assertThat(keys(all, "meters")).containsExactlyInAnyOrder("M" + NO, "former");
        assertThat(keys(all, "openRequests")).containsExactlyInAnyOrder("by-account", "by-point", "by-customer");
    }

    @Test
    void theLastTwelveBillsAndPaymentsComeTheNewestFirst() throws Exception {
        JsonNode all = service.json(ALL_OF_IT);

        assertThat(keys(all, "bills")).hasSize(12).startsWith(NO + "/202603/1").endsWith(NO + "/202504/1");
        assertThat(keys(all, "payments"))
                .hasSize(12)
                .startsWith("P" + NO + "-15")
                .endsWith("P" + NO + "-4");
    }

    @Test
    void everyRecordIsSaidInItsStoredBytes() throws Exception {
        String said = service.get(ALL_OF_IT).body();

        List<String> stored = service.store
                .sql
                .sql("select body::text from record where not deleted and partitionkey like '%3100000001'")
                .query(String.class)
                .list();
        assertThat(stored).hasSizeGreaterThan(30);
        assertThat(stored.stream().filter(body -> body.contains("/2025") && !said.contains(body)))
                .as("three bills that are older than the last twelve")
                .hasSize(3);
        assertThat(stored.stream().filter(body -> said.contains(body))).hasSizeGreaterThan(25);
    }

    @Test
    void oneStatementAsksForAllOfIt() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        byte[] answer;
        try (Connection connection = service.store.source.getConnection()) {
            answer = AccountAddress.all(counting(connection, statements), Town.id("billing", "account", NO));
        }

        assertThat(new String(answer, StandardCharsets.UTF_8))
                .isEqualTo(service.get(ALL_OF_IT).body());
        assertThat(statements).hasValue(1);
    }

    @Test
    void anAccountOnWhichNothingHangsHasEmptyLists() throws Exception {
        JsonNode all = service.json(all("bare"));

        assertThat(all.path("account").isObject()).isTrue();
        for (String part : List.of("customers", "linkedCustomers", "servicePoints", "meters", "bills", "payments")) {
            assertThat(all.path(part)).as(part).isEmpty();
        }
    }

    @Test
    void anAccountThatIsNotThereIsAProblem() throws Exception {
        problem(all("nobody"), 404, "API-UNKNOWN");
        problem(all("gone"), 410, "API-DELETED");
        problem(ALL_OF_IT + "?bills=24", 400, "API-PARAMETER");
    }

    private static Connection counting(Connection connection, AtomicInteger statements) {
        return (Connection) Proxy.newProxyInstance(
                AccountAddressTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().matches("prepare(Statement|Call)|createStatement")) {
                        statements.incrementAndGet();
                    }
                    return method.invoke(connection, args);
                });
    }

    private static String all(String no) {
        return "/api/v1/account/" + Service.encoded(Town.id("billing", "account", no)) + "/360";
    }

    private static List<String> keys(JsonNode all, String part) {
        List<String> keys = new ArrayList<>();
        all.path(part).forEach(record -> keys.add(record.path("id").asText().split(":", 6)[5]));
        return keys;
    }

    private static void problem(String path, int status, String code) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new ObjectMapper().readTree(answer.body()).path("code").asText())
                .isEqualTo(code);
    }
}
