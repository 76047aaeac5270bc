package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A night on a clock that is put forward and back, or passes midnight, beside one over the same data on a clock that stands. */
class NightClockTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String TWO = "2026-11-02T02:00:00+08:00";
    private static final OffsetDateTime THE_DAY_AFTER = OffsetDateTime.parse("2026-11-03T01:00:00+08:00");
    private static final Set<String> SYSTEMS = Set.of("island", "reef");

    private final PretendShores shores = new PretendShores();
    private final MovingClock clock = new MovingClock(OffsetDateTime.parse(TWO).toInstant());

    @TempDir
    Path config;

    /** The island agrees but for one bill, the reef has lost all; a rule has the day of the night in its figures. */
    @BeforeEach
    void fiveBillsAndARule() throws IOException {
        for (int i = 0; i < 5; i++) {
            shores.row("bill", "b" + i, i + ".10");
        }
        // Young in the night at two by a second, and so is what was changed on the day after.
        shores.row("bill", "young", "1", OffsetDateTime.parse("2026-11-02T01:45:00+08:00"), "7.00", null);
        shores.row("bill", "tomorrow", "1", OffsetDateTime.parse("2026-11-02T23:50:00+08:00"), "7.00", null);
        Files.createDirectories(config.resolve("reconciliation"));
        Files.writeString(config.resolve("reconciliation/X-DAY.yaml"), """
                code: X-DAY
                title: Every bill
                severity: error
                owner: island
                sql: |
                  select bill_no as subject, 'there' as cause, (:day - date '2026-01-01')::numeric as money,
                    :asOf::text as at
                  from v_bill
                explain: "{subject}"
                causes: {there: it is there}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02T02:00:00+08:00, -PT1H",
        "2026-11-02T02:00:00+08:00, P1D",
        "2026-11-02T02:00:00+08:00, -P400D",
        "2026-11-02T23:59:50+08:00, PT15S",
        "2026-11-03T00:00:05+08:00, -PT10S",
    })
    void aClockThatMovesBetweenTwoStepsChangesNothing(OffsetDateTime begun, Duration step) {
        Store still = stored();
        Store moving = stored();
        clock.pass(Duration.between(clock.instant(), begun));
        NightReport undisturbed = night(still).run(now());

        NightReport report = night(moving).run(now(), new Night.Listener() {
            @Override
            public void step(int done, int of, String name) {
                clock.pass(step);
            }
        });

        assertThat(clock.instant()).isEqualTo(begun.toInstant().plus(step.multipliedBy(6)));
        assertThat(report)
                .usingRecursiveComparison()
                .ignoringFields("started", "ended")
                .isEqualTo(undisturbed);
        assertThat(report.asOf()).isEqualTo(begun);
        assertThat(report.ended()).isAfterOrEqualTo(report.started());
        assertThat(breaks(moving)).isNotEmpty().isEqualTo(breaks(still));
        assertThat(report.reasons()).contains("island.bill: 1 missing").hasSize(3);
    }

    @Test
    void aNightThatIsTakenUpOnTheNextDayIsStillOfTheDayBefore() {
        Store still = stored();
        Store killed = stored();
        clock.pass(Duration.ofHours(21).plusMinutes(59).plusSeconds(50));
        NightReport undisturbed = night(still).run(now());
        stopped(killed);

        shores.row("bill", "b2", "2", THE_DAY_AFTER, "99.00", null);
        shores.row("bill", "after", "1", THE_DAY_AFTER, "7.00", null);
        ashore(killed);
        clock.pass(Duration.ofHours(8));
        NightReport report = night(killed).run(now());

        assertThat(report)
                .usingRecursiveComparison()
                .ignoringFields("started", "ended")
                .isEqualTo(undisturbed);
        assertThat(breaks(killed)).isEqualTo(breaks(still));
    }

    @Test
    void aNightOfAClockThatWasDaysAheadIsNotTakenUp() {
        Store store = stored();
        clock.pass(Duration.ofDays(400));
        stopped(store);

        clock.pass(Duration.ofDays(-400));
        NightReport report = night(store).run(now());

        assertThat(report.asOf()).isEqualTo(OffsetDateTime.parse(TWO));
    }

    private Store stored() {
        Store store = Store.fresh();
        ashore(store);
        return store;
    }

    private void ashore(Store store) {
        shores.everything("island", "bill", chunk -> store.chunks.commit(PretendShores.normalize(chunk)));
        store.sql.sql("delete from record where id like '%:b1'").update();
    }

    /** The hub dies when only the rule is left. */
    private void stopped(Store store) {
        Night.Listener dies = new Night.Listener() {
            @Override
            public void step(int done, int of, String name) {
                if (name.equals("X-DAY")) {
                    throw new StoreFault("stopped", new IllegalStateException());
                }
            }
        };
        assertThatThrownBy(() -> night(store).run(now(), dies)).isInstanceOf(StoreFault.class);
    }

    private NightOptions now() {
        return new NightOptions(clock.instant(), NightOptions.SETTLE, Set.of(), false);
    }

    private static String breaks(Store store) {
        return store.sql
                .sql(
                        "select string_agg(code || subject || cause || money || first_seen || opened || evidence::text, ' '"
                                + " order by subject) from reconcile_break")
                .query(String.class)
                .single();
    }

    private Night night(Store store) {
        Catalog catalog = shores.catalog("island", "reef");
        return new Night(
                () -> catalog,
                shores,
                PretendShores::normalize,
                store.source,
                new Linking(IdentityRules.read(config, List.of()), store.source, clock),
                new CrossChecks(Rules.read(config, SYSTEMS), store.source),
                new SimpleMeterRegistry(),
                clock,
                ZONE);
    }
}
