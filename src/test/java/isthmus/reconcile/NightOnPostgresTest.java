package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.model.Chunk;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.NightReport.Verdict;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightOnPostgresTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant TWO = PretendShores.THEN
            .plusHours(14)
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toInstant();

    private final Store store = Store.fresh();
    private final PretendShores island = new PretendShores();

    @TempDir
    Path config;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void fiveBillsComeAshore() {
        for (int i = 0; i < 5; i++) {
            island.row("bill", "b" + i, i + ".10");
        }
        bringAshore();
    }

    @Test
    void aNightOverWhatWasStoredIsGreenAndWrittenDown() {
        NightReport report = night().run(everything());

        Line bills = report.lines().get(0);
        assertThat(report.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(bills.unified()).isEqualTo(5);
        assertThat(bills.money().unified()).isEqualByComparingTo("10.50");
        assertThat(store.sql
                        .sql(
                                "select verdict, as_of, ended is not null as ended, report ->> 'id' as id from reconcile_run")
                        .query()
                        .singleRow())
                .containsEntry("verdict", "GREEN")
                .containsEntry("as_of", java.sql.Timestamp.from(TWO))
                .containsEntry("ended", true)
                .containsEntry("id", Long.toString(report.id()));
    }

    @Test
    void aRowLostAnExtraRowAndACentAreFoundInTheStore() {
        store.sql.sql("delete from record where id like '%:b1'").update();
        store.sql
                .sql(
                        "insert into record select entity, replace(id, ':b2', ':bx'), silo, sequence, deleted, contenthash,"
                                + " keyhash, rowhash, time, partitionkey, money, energy, valid_from, valid_to, recorded_from,"
                                + " chunk, ordinal, mapping, quality, positions, body from record where id like '%:b2'")
                .update();
        store.sql
                .sql("update record set money = money + 0.01 where id like '%:b3'")
                .update();

        NightReport report = night().run(everything());

        Line bills = report.lines().get(0);
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.reasons()).containsExactly("island.bill: 1 missing, 1 extra, 1 different");
        assertThat(bills.missing().names()).containsExactly(PretendShores.id("bill", "b1"));
        assertThat(bills.extra().names()).containsExactly(PretendShores.id("bill", "bx"));
        assertThat(bills.different().names()).containsExactly(PretendShores.id("bill", "b3"));
        for (String kind : List.of("missing", "extra", "different")) {
            assertThat(meters.get("isthmus.reconcile." + kind)
                            .tag("system", "island")
                            .tag("entity", "bill")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
        assertThat(meters.get("isthmus.reconcile.red").gauge().value()).isEqualTo(1);
    }

    @Test
    void whatTheStoreQuarantinedIsExplained() {
        island.refused("bill", "bad\0one");
        bringAshore();

        NightReport report = night().run(everything());

        assertThat(report.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(report.lines().get(0).source()).isEqualTo(6);
        assertThat(report.lines().get(0).quarantined()).isEqualTo(1);
    }

    @Test
    void aDroppedRefusalExplainsNothingThatComesAfterIt() {
        island.refused("bill", "b9");
        bringAshore();
        store.sql
                .sql("update quarantine set state = 'dropped', note = 'a test of theirs'")
                .update();
        assertThat(night().run(everything()).verdict()).isEqualTo(Verdict.GREEN);
        Objects.requireNonNull(island.legacy.get("bill")).remove(5);
        island.row("bill", "b9", "9.00");
        bringAshore();
        assertThat(night().run(everything()).verdict()).isEqualTo(Verdict.GREEN);

        store.sql.sql("delete from record where id like '%:b9'").update();
        NightReport report = night().run(everything());

        assertThat(report.reasons()).containsExactly("island.bill: 1 missing");
    }

    @Test
    void aNightThatSeesARecordAgreeForgetsThatNoRepairCouldCureIt() {
        store.sql
                .sql("insert into repair (entity, id, system, run, kind, at, cured) select 'bill', id, system, 1,"
                        + " 'different', now(), false from record, unnest(array['island', 'reef']) system"
                        + " where id like '%:b1' or id like '%:b2'")
                .update();
        store.sql
                .sql("update record set money = money + 0.01 where id like '%:b2'")
                .update();

        night().run(everything());

        assertThat(store.sql
                        .sql("select system || ' ' || id from repair where not cured order by system, id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "island " + PretendShores.id("bill", "b2"),
                        "reef " + PretendShores.id("bill", "b1"),
                        "reef " + PretendShores.id("bill", "b2"));
    }

    @Test
    void aSecondNightIsRefusedWhileOneRuns() {
        AtomicReference<Throwable> second = new AtomicReference<>();
        island.beforeReading = n -> {
            try {
                night().run(everything());
            } catch (NightIsRunning refused) {
                second.set(refused);
            }
        };

        NightReport first = night().run(everything());

        assertThat(second.get()).hasMessageStartingWith("A reconciliation is already running (night " + first.id());
        assertThat(NightIsRunning.EXIT_CODE).isEqualTo(4);
        island.beforeReading = n -> {};
        assertThat(night().run(everything()).verdict()).isEqualTo(Verdict.GREEN);
    }

    @Test
    void anUnknownSystemIsWrongUsage() {
        assertThatThrownBy(() -> night().run(new NightOptions(TWO, Duration.ZERO, Set.of("atlantis"), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("atlantis");
    }

    @Test
    void aRuleMakesTheNightRedAmberOrNothingAsItSays() throws Exception {
        assertThat(nightWithRuleOf("error", 0).verdict()).isEqualTo(Verdict.RED);
        assertThat(nightWithRuleOf("error", 5).verdict()).isEqualTo(Verdict.AMBER);
        assertThat(nightWithRuleOf("warning", 0).verdict()).isEqualTo(Verdict.AMBER);
        assertThat(nightWithRuleOf("info", 0).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(meters.get("isthmus.reconcile.breaks")
                        .tag("check", "X-TEST")
                        .tag("state", "open")
                        .gauge()
                        .value())
                .isEqualTo(5);
    }

    @Test
    void aNightOverOneSystemAsksNothingBetweenThem() throws Exception {
        nightWithRuleOf("error", 0);

        NightReport report = night().run(new NightOptions(TWO, Duration.ZERO, Set.of("island"), false));

        assertThat(report.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(report.checks()).isEmpty();
    }

    /** Five bills, five breaks. */
    private NightReport nightWithRuleOf(String severity, int limit) throws Exception {
        Files.createDirectories(config.resolve("reconciliation"));
        Files.writeString(config.resolve("reconciliation/X-TEST.yaml"), """
                code: X-TEST
                title: Every bill
                severity: %s
                limit: %d
                owner: island
                sql: select bill_no as subject, 'there' as cause from v_bill
                explain: "{subject}"
                causes: {there: it is there}
                """.formatted(severity, limit));
        return night().run(everything());
    }

    private Night night() {
        Catalog catalog = island.catalog("island");
        return new Night(
                () -> catalog,
                island,
                PretendShores::normalize,
                store.source,
                new Linking(IdentityRules.read(config, List.of()), store.source, Clock.systemUTC()),
                new CrossChecks(Rules.read(config, Set.of("island")), store.source),
                meters,
                Clock.systemUTC(),
                ZONE);
    }

    private static NightOptions everything() {
        return new NightOptions(TWO, Duration.ZERO, Set.of(), false);
    }

    private void bringAshore() {
        List<Chunk> chunks = new ArrayList<>();
        Consumer<Chunk> keep = chunks::add;
        Map<String, ?> pulls = island.legacy;
        pulls.keySet().forEach(pull -> island.everything("island", pull, keep));
        chunks.forEach(chunk -> store.chunks.commit(PretendShores.normalize(chunk)));
    }
}
