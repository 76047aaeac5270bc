package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.reconcile.Night;
import isthmus.reconcile.NightOptions;
import isthmus.reconcile.NightReport;
import isthmus.reconcile.NightReport.Line;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A till where people go on paying, and a hub that goes on pulling, while the night counts both shores. */
@NullUnmarked
class NightWhileWritingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 11, 1, 0, 0);
    private static final LocalDateTime TWO = LocalDateTime.of(2026, 11, 25, 2, 0);
    private static final LocalDateTime CUT_OFF = TWO.minus(NightOptions.SETTLE);
    private static final int PAYMENTS = 120;
    /** From here on the writer changes what is there, and before it lies what does not agree. */
    private static final int MOVING = 60;

    @TempDir
    Path home;

    private int rounds;
    private Till till;

    @BeforeEach
    void aRuleOverTheAmounts() throws Exception {
        Files.createDirectories(home.resolve("config/reconciliation"));
        Files.writeString(home.resolve("config/reconciliation/X-BIG.yaml"), """
                code: X-BIG
                title: Payments of 50 and more
                severity: error
                owner: till
                sql: |
                  select payment_no as subject, 'big' as cause, amount as money from v_payment where amount >= 50
                population: select count(*) from v_payment
                explain: "{subject}"
                causes: {big: it is big}
                """);
    }

    @ParameterizedTest
    @CsvSource({"maria, false", "maria, true", "postgres, false"})
    void saysWhatANightOverStillDataSays(String make, boolean full) throws Exception {
        till = make.equals("maria")
                ? Till.onMaria(home.resolve("routes"))
                : Till.onPostgres(Store.fresh().url(), home.resolve("routes"));
        for (int i = 0; i < PAYMENTS; i++) {
            till.pay(i, i + ".25", text(FIRST.plusHours(i)));
        }
        Store quiet = Store.fresh();
        Store busy = Store.fresh();
        try (StoredHub beside = till.hub(quiet);
                StoredHub goingOn = till.hub(busy)) {
            ashore(beside, quiet);
            ashore(goingOn, busy);
            till.run(
                    "update till_payment set PAY_AMT = 7777, LAST_UPDATED = LAST_UPDATED where PAY_ID = '00020'",
                    "delete from till_payment where PAY_ID = '00030'");
            NightReport still = night(beside, quiet.source, full);

            NightReport report = night(goingOn, new Writing(goingOn, busy.source), full);

            Line here = line(report);
            Line there = line(still);
            assertThat(there.missing().names()).hasSize(1).allMatch(id -> id.endsWith("00010"));
            assertThat(there.different().names()).hasSize(1).allMatch(id -> id.endsWith("00020"));
            assertThat(there.extra().names()).hasSize(1).allMatch(id -> id.endsWith("00030"));
            assertThat(here.missing()).isEqualTo(there.missing());
            assertThat(here.different()).isEqualTo(there.different());
            assertThat(here.extra()).isEqualTo(there.extra());
            assertThat(report.verdict()).isEqualTo(still.verdict());
            assertThat(report.checks()).isEqualTo(still.checks());
            assertThat(report.checks().get(0).open()).isEqualTo(PAYMENTS - 50);

            // What is changed meanwhile is left out on both shores, and of nothing else a count moves.
            assertThat(here.source() - here.missing().total() + here.extra().total())
                    .isEqualTo(here.unified() + here.quarantined());
            assertThat(here.source()).isBetween(there.source() - PAYMENTS + MOVING, there.source());
            assertThat(rounds).isGreaterThan(5);
        }
    }

    private static void ashore(StoredHub hub, Store store) {
        assertThat(hub.pull("till", "payment").isWhole()).isTrue();
        assertThat(hub.pull("till", "station").isWhole()).isTrue();
        store.sql.sql("delete from record where id like '%00010'").update();
    }

    private NightReport night(StoredHub hub, DataSource store, boolean full) throws Exception {
        Path work = Files.createTempDirectory("isthmus-test");
        try (NightShore shore =
                new NightShore(hub.editions, BusFactory.newInstance().createBus(), work, hub.store.clock)) {
            Night night = new Night(
                    hub.editions::catalog,
                    shore,
                    hub.editions::normalize,
                    store,
                    new Linking(IdentityRules.read(home.resolve("config"), List.of()), store, hub.store.clock),
                    new CrossChecks(Rules.read(home.resolve("config"), Set.of("till")), store),
                    new SimpleMeterRegistry(),
                    hub.store.clock,
                    ZONE);
            return night.run(new NightOptions(TWO.atZone(ZONE).toInstant(), NightOptions.SETTLE, Set.of(), full));
        }
    }

    private static Line line(NightReport report) {
        return report.lines().stream()
                .filter(line -> line.entity().equals("payment"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(LocalDateTime time) {
        return time.toString().replace('T', ' ') + (time.getSecond() == 0 ? ":00" : "");
    }

    /**
     * Before each thing that the night asks the store somebody pays, an earlier payment is changed, and the hub pulls both: all
     * of it after the cut-off.
     */
    private final class Writing extends DelegatingDataSource {
        private final StoredHub hub;

        Writing(StoredHub hub, DataSource store) {
            super(store);
            this.hub = hub;
        }

        @Override
        public Connection getConnection() throws SQLException {
            int n = rounds++;
            String at = text(CUT_OFF.plusSeconds(n));
            till.pay(PAYMENTS + n, "9999.00", at);
            till.run("update till_payment set PAY_AMT = " + n + ", LAST_UPDATED = '" + at + "' where PAY_ID = '"
                    + "%05d'".formatted(MOVING + n % (PAYMENTS - MOVING)));
            assertThat(hub.pull("till", "payment").isWhole()).isTrue();
            return super.getConnection();
        }
    }
}
