package isthmus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.contract.Contracts.Agreed;
import isthmus.contract.Contracts.Standing;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What is kept of a station's file, whose columns are STATION, PLACE, TAKEN_AT and TOTAL. */
@NullUnmarked
class ContractsTest {
    private final Store store = Store.fresh();
    private final Catalog catalog = CatalogReader.only(
            Path.of("src/test/resources/routes-fourth/weather"), Path.of("config"), name -> "/nowhere");
    private final LegacySystem system = catalog.system("weather");
    private final Pull pull = system.pull("station");
    private final Contracts contracts =
            new Contracts(() -> catalog, store.source, store.clock, (any, one, agreed) -> Optional.empty());

    @Test
    void keepsWhoAgreedToWhatAndWhy() {
        see(1, "STATION", "PLACE", "TAKEN_AT", "TOTAL");
        see(2, "STATION", "TAKEN_AT", "TOTAL");

        contracts.accept("weather", "station", "the places are one now", "somebody");

        Agreed agreed = only().agreed();
        assertThat(agreed).isNotNull();
        assertThat(store.audit()).containsExactly("somebody contract.accept weather station: the places are one now");
        assertThat(agreed.reason()).isEqualTo("the places are one now");
        assertThat(agreed.by()).isEqualTo("somebody");
        assertThat(only().drift().isNone()).isTrue();
        assertThat(store.sql
                        .sql("select string_agg(by || ': ' || reason, '; ' order by id) from contract_agreed")
                        .query(String.class)
                        .single())
                .isEqualTo("isthmus: seen for the first time; somebody: the places are one now");
    }

    @Test
    void showsTheBreakingChangesFirstAndBothSidesOfThem() {
        see(1, "STATION", "PLACE", "TAKEN_AT", "TOTAL", "NOTE");

        Drift drift = see(2, "STATION", "TAKEN_AT", "TOTAL", "WIND");

        assertThat(drift.text()).isEqualTo("- PLACE, - NOTE, + WIND");
        assertThat(drift.changes()).extracting(Drift.Change::breaking).containsExactly(true, false, false);
        assertThat(only().drift()).isEqualTo(drift);
    }

    @Test
    void takesAnotherOrderOfTheSameColumnsForTheSame() {
        see(1, "STATION", "PLACE", "TAKEN_AT", "TOTAL");

        assertThat(see(2, "TOTAL", "PLACE", "TAKEN_AT", "STATION").isNone()).isTrue();

        assertThat(store.count("contract_seen")).isEqualTo(1);
    }

    @Test
    void tellsHealthWhatStoppedAndWhatWasAgreedToByItself() {
        see(1, "STATION", "PLACE", "TAKEN_AT", "TOTAL");
        assertThat(told()).isEmpty();

        see(2, "STATION", "PLACE", "TAKEN_AT", "TOTAL", "WIND");
        assertThat(told().get("weather.station").toString()).endsWith("Z: nothing that is read has changed: + WIND");

        see(3, "STATION", "PLACE", "TAKEN_AT");
        assertThat(told()).containsEntry("weather.station", "stopped; see isthmus contract drift");

        see(4, "STATION", "PLACE", "TAKEN_AT", "TOTAL", "WIND");
        assertThat(told().get("weather.station").toString()).endsWith("+ WIND");
    }

    private Drift see(long run, String... names) {
        return contracts.seen(
                system,
                pull,
                Contract.of(pull, Stream.of(names).map(Term::named).toList()),
                run);
    }

    private Standing only() {
        List<Standing> standings = contracts.standings("weather");
        assertThat(standings).hasSize(1);
        return standings.get(0);
    }

    private Map<String, Object> told() {
        return new ContractHealth(store.source, store.clock).health().getDetails();
    }
}
