package isthmus.serve.records;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Entities;
import isthmus.serve.Asked;
import isthmus.serve.Town;
import isthmus.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Searches over tables of some thousand rows, as PostgreSQL plans them by its own statistics. */
class SearchPlanTest {
    private static final int ROWS = 5_000;

    private static Store store;

    static Stream<String> searches() {
        return Stream.of(
                "customer?account=17",
                "customer?silo=crm",
                "customer?key=C17",
                "unifiedcustomer?customer=C17",
                "unifiedcustomer?account=17",
                "account?accountNo=17",
                "account?customer=acct-17",
                "account?servicePoint=MP17",
                "servicepoint?servicePointNo=MP17",
                "servicepoint?account=17",
                "servicepoint?key=MP17&silo=metering",
                "meter?assetNo=M17",
                "meter?commAddress=000017",
                "meter?servicePoint=MP17",
                "intervalblock?servicePoint=MP17&from=2026-10-01&to=2026-11-01",
                "registerreading?servicePoint=MP17&from=2026-10-01",
                "tariff?code=A17&validAt=2026-10-01",
                "bill?account=17&from=2025-01-01",
                "payment?account=17",
                "servicerequest?account=17",
                "servicerequest?customer=C17",
                "servicerequest?servicePoint=MP17",
                "bill?validAt=2025-01-15",
                "bill?limit=10",
                "payment?changedSince=2199-01-01T00:00:00Z");
    }

    @BeforeAll
    static void fill() {
        store = Store.fresh();
        Town town = new Town(store);
        town.household(1, 1);
        town.put("billing", "tariff", "A3100000001", "A", null, null, Map.of("code", "A3100000001"));
        town.reading("M3100000001", "MP3100000001", LocalDate.of(2026, 10, 1));
        town.block("M3100000001", "MP3100000001", LocalDate.of(2026, 10, 1), ZoneId.of("Asia/Shanghai"), List.of(1));
        town.request(
                "W3100000001",
                "open",
                Map.of("account", "3100000001", "customer", "C3100000001", "servicePoint", "MP3100000001"));
        town.put("hub", "unifiedcustomer", "3100000001", "", null, null, Map.of("confidence", "single"));
        town.grow(ROWS);
        store.sql
                .sql("insert into golden (id, anchor, built_at)"
                        + " select id, replace(id, ':hub:unifiedcustomer:', ':billing:customer:acct-'), now()"
                        + " from record where entity = 'unifiedcustomer'")
                .update();
        store.sql.sql("insert into golden_member select anchor, id from golden").update();
        store.sql.sql("vacuum analyze golden_member").update();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void aSearchGoesThroughAnIndex(String search) throws SQLException {
        String plan = plan(search);

        assertThat(plan).contains("Index Cond").doesNotContain("Seq Scan");
    }

    @Test
    void everyWayToSearchIsLookedAt() {
        List<String> looked = searches()
                .flatMap(search -> asked(search).keySet().stream().map(name -> entity(search) + "?" + name))
                .toList();

        for (String entity : Entities.ALL) {
            List<Facet> facets = Objects.requireNonNull(Facet.OF.get(entity));
            assertThat(looked)
                    .containsAll(facets.stream()
                            .map(facet -> entity + "?" + facet.name())
                            .toList());
        }
    }

    private static String plan(String search) throws SQLException {
        Map<String, String[]> asked = asked(search);
        try (Connection connection = store.source.getConnection();
                PreparedStatement statement =
                        Objects.requireNonNull(Search.of(connection, entity(search), Asked.of(asked), 101))) {
            // The driver says a statement with its values in it.
            return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql("explain " + statement)
                    .query(String.class)
                    .list()
                    .stream()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String entity(String search) {
        return search.substring(0, search.indexOf('?'));
    }

    private static Map<String, String[]> asked(String search) {
        Map<String, String[]> asked = new TreeMap<>();
        for (String one : search.substring(search.indexOf("?") + 1).split("&")) {
            asked.put(one.split("=")[0], new String[] {one.split("=")[1]});
        }
        return asked;
    }
}
