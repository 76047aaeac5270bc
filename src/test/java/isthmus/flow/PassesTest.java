package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.store.Leases;
import isthmus.store.Runs;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that pulls beside other hubs. */
class PassesTest {
    private static final Map<String, String> NOBODY_THERE = Map.of(
            "BILLING_URL", "jdbc:mariadb://127.0.0.1:1/x",
            "METERING_PORT", "1",
            "CRM_URL", "http://127.0.0.1:1/");

    private final Store store = Store.fresh();
    private final Leases ours = new Leases(store.source, "ours", Duration.ofSeconds(60));
    private TestHub hub;
    private Passes passes;

    @BeforeEach
    void wire() throws Exception {
        hub = TestHub.of(Map.of());
        Catalog catalog = CatalogReader.read(
                Path.of("routes"),
                Path.of("config"),
                name -> name.matches(".*(TRANSPORT|INSECURE|CERTIFICATE)")
                        ? null
                        : NOBODY_THERE.getOrDefault(name, "127.0.0.1"));
        passes = new Passes(
                TestHub.editions(catalog), hub.pulls(TestHub.ONCE), new Runs(store.source, store.clock), ours);
    }

    @AfterEach
    void end() {
        hub.close();
        ours.close();
    }

    @Test
    void isRefusedAsSoonAsTheOtherHubShowsThatItLives() {
        try (Leases theirs = new Leases(store.source, "theirs", Duration.ofMillis(600))) {
            theirs.hold("billing");

            assertThatThrownBy(() -> passes.once(Set.of("billing"), pieces -> {}))
                    .isInstanceOf(HeldElsewhere.class)
                    .hasMessageStartingWith("System billing is pulled by another hub: theirs, since 20")
                    .hasMessageEndingWith("else stop it, and ask again.");

            assertThat(store.count("run")).isZero();
            assertThat(theirs.confirm("billing")).isTrue();
        }
    }

    @Test
    void waitsUntilTheLeaseOfADeadHubRunsOutAndGoesOn() {
        store.sql
                .sql("insert into lease values ('crm', 'dead', 7, now(), now() + interval '2 seconds')")
                .update();
        store.sql
                .sql("insert into run (system, trigger, started, state, hub, epoch)"
                        + " values ('crm', 'schedule', now(), 'running', 'dead', 7)")
                .update();

        PassReport report = passes.once(Set.of("crm"), pieces -> {});

        assertThat(report.problems()).isNotEmpty().allMatch(problem -> problem.contains("SOURCE-AWAY"));
        assertThat(store.sql
                        .sql("select state || ' ' || epoch || ': ' || error from run where hub = 'dead'")
                        .query(String.class)
                        .single())
                .isEqualTo("failed 7: FENCED: its hub lost the lease, ours goes on");
        assertThat(store.sql
                        .sql("select epoch from run where hub = 'ours'")
                        .query(Long.class)
                        .single())
                .isEqualTo(8);
        assertThat(ours.holds("crm")).as("given back at the end").isFalse();
    }
}
