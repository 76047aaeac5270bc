package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Draft;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The query that {@code isthmus discover} proposes, pulled from every make of database that can be run here. */
@NullUnmarked
class DialectPullTest {
    enum Make {
        MARIADB,
        POSTGRESQL,
        H2
    }

    @TempDir
    Path routes;

    private final Store store = Store.fresh();

    @ParameterizedTest
    @EnumSource
    void pullsATableOfAReservedNameByTheProposedQuery(Make make) throws Exception {
        // given a table whose name must be quoted, with change times that have fractions
        Till till = till(make);
        String quote = make == Make.MARIADB ? "`" : "\"";
        till.run(
                ("drop table if exists @ORDER@; create table @ORDER@ (@PAY_ID@ varchar(20) primary key, @CONS_NO@ varchar(16),"
                                + " @PAY_AMT@ decimal(12,3), @CHANNEL@ varchar(2), @PAY_TIME@ varchar(20), @STATUS_CODE@ varchar(2),"
                                + " @LAST_UPDATED@ timestamp(3))")
                        .replace("@", quote)
                        .split("; "));
        pay(till, quote, "00001", "2026-11-01 09:00:00.250");
        pay(till, quote, "00002", "2026-11-01 10:00:00.750");
        till.ask(draft().query("ORDER", till.url()));

        try (StoredHub hub = till.hub(store)) {
            // when it is pulled for the first time, and again when a row is new
            StoredHub.Ended first = hub.pull("till", "payment");
            pay(till, quote, "00003", "2026-11-01 10:30:00.125");
            StoredHub.Ended second = hub.pull("till", "payment");

            // then each row is there once, and the second pull asks for what may have changed since, not for all
            assertThat(first.isWhole()).as(first.text()).isTrue();
            assertThat(first.pieces()).isEqualTo(2);
            assertThat(second.isWhole()).as(second.text()).isTrue();
            assertThat(second.pieces())
                    .as("the new one, and one within the overlap")
                    .isEqualTo(2);
            assertThat(store.count("record")).isEqualTo(3);
            assertThat(store.sql
                            .sql("select value->>'time' from cursor where pull = 'payment'")
                            .query(String.class)
                            .single())
                    .isEqualTo("2026-11-01 10:30:00.125");
        }
    }

    private Till till(Make make) throws Exception {
        return switch (make) {
            case MARIADB -> Till.onMaria(routes);
            case POSTGRESQL -> Till.onPostgres(Store.fresh().url(), routes);
            case H2 -> Till.onH2(routes);
        };
    }

    private static void pay(Till till, String quote, String id, String updated) throws Exception {
        till.run("insert into @ORDER@ values ('%s', '3301', 12.5, '01', '2026-11-01 08:00:00', '1', '%s')"
                .formatted(id, updated)
                .replace("@", quote));
    }

    private static Draft draft() {
        List<Draft.Found> columns = Stream.of(
                        "PAY_ID text",
                        "CONS_NO text",
                        "PAY_AMT decimal(2)",
                        "CHANNEL text",
                        "PAY_TIME text",
                        "STATUS_CODE text",
                        "LAST_UPDATED time")
                .map(column -> column.split(" "))
                .map(column -> new Draft.Found(column[0], column[1], false))
                .toList();
        return new Draft("payment", "payment", columns, List.of("PAY_ID"), "LAST_UPDATED");
    }
}
