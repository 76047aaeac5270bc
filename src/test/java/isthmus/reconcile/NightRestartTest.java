package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.crosscheck.Seeds;
import isthmus.identity.IdentityRules;
import isthmus.identity.LinkReport.Count;
import isthmus.identity.Linking;
import isthmus.model.Chunk;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three systems: the island agrees, the reef has lost everything, the wreck does not answer; three accounts, and two rules. */
class NightRestartTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant TWO =
            PretendShores.THEN.plusHours(14).plusNanos(123_456_789).toInstant();
    private static final Set<String> SYSTEMS = Set.of("island", "reef", "wreck");

    private final Store store = Store.fresh();
    private final PretendShores shores = new PretendShores();
    private final List<String> looked = new ArrayList<>();
    private final List<String> takenUp = new ArrayList<>();
    private String stopAt = "";

    @TempDir
    Path config;

    @BeforeEach
    void fiveBillsAndTwoRules() throws IOException {
        for (int i = 0; i < 5; i++) {
            shores.row("bill", "b" + i, i + ".10");
        }
        shores.dead.add("wreck");
        bringAshore(store);
        rule("X-ONE", "5.50");
        rule("X-TWO", "0.03");
    }

    @ParameterizedTest
    @CsvSource({
        "island, 1, 'island,reef,wreck,reef,links,X-ONE,X-TWO', 0",
        "reef,   1, 'reef,wreck,reef,links,X-ONE,X-TWO',        1",
        "wreck,  1, 'reef,wreck,reef,links,X-ONE,X-TWO',        1",
        "reef,   2, 'reef,wreck,reef,links,X-ONE,X-TWO',        1",
        "links,  1, 'wreck,links,X-ONE,X-TWO',                  2",
        "X-ONE,  1, 'wreck,X-ONE,X-TWO',                        3",
        "X-TWO,  1, 'wreck,X-TWO',                              4"
    })
    void aNightThatWasStoppedGoesOnWhereItWasAndEndsAsIfNothingHadHappened(
            String step, int time, String again, int done) {
        NightReport undisturbed = night(Store.fresh()).run(everything());
        stopAt(step, time);
        assertThatThrownBy(() -> night(store).run(everything(), new Heard())).isInstanceOf(StoreFault.class);
        stopAt = "";
        looked.clear();
        int[] reads = {0};
        shores.beforeReading = n -> reads[0]++;

        NightReport report =
                night(store).run(new NightOptions(TWO.plusSeconds(60), Duration.ZERO, Set.of(), false), new Heard());

        assertThat(looked).containsExactly(again.split(","));
        assertThat(reads[0])
                .isEqualTo((int) looked.stream().filter(SYSTEMS::contains).count());
        assertThat(takenUp).containsExactly("1 as of " + report.asOf() + ", " + done + " of 6");
        assertThat(report)
                .usingRecursiveComparison()
                .ignoringFields("started", "ended")
                .isEqualTo(undisturbed);
        assertThat(report.away()).hasSize(1);
        assertThat(report.lines())
                .anySatisfy(line -> assertThat(line.missing().names()).hasSize(5));
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.fresh()).isEqualTo(5));
        assertThat(Objects.requireNonNull(report.links()).rules()).contains(new Count("ACCT-NO", 3, 0, 0, 3, 0));
        assertThat(store.count("link_log")).isEqualTo(3);
        assertThat(store.count("reconcile_run")).isEqualTo(1);
        assertThat(store.count("reconcile_step")).isZero();
        assertThat(store.count("reconcile_break_log")).isEqualTo(10);
    }

    @Test
    void aHubThatEndsKeepsNothingOfWhatItFindsMeanwhile() {
        Night ending = night(store);
        shores.beforeReading = n -> {
            if (n == 3) {
                ending.stop();
                throw new IllegalStateException("the connections are closed already");
            }
        };

        assertThatThrownBy(() -> ending.run(everything())).isInstanceOf(NightStopped.class);

        assertThat(store.sql
                        .sql("select step from reconcile_step")
                        .query(String.class)
                        .list())
                .containsExactly("system island");
    }

    @Test
    void aNightThatWasStoppedMoreThanADayAgoIsLeftWithoutEnd() {
        stopped();
        store.sql
                .sql("update reconcile_run set started = started - interval '24 hours'")
                .update();

        assertThat(night(store).takeUp(everything(), new Heard())).isEmpty();
        NightReport report = night(store).run(everything(), new Heard());

        assertThat(takenUp).isEmpty();
        assertThat(report.id()).isEqualTo(2);
        assertThat(store.sql
                        .sql("select id from reconcile_run where ended is null")
                        .query(Long.class)
                        .list())
                .containsExactly(1L);
        assertThat(store.count("reconcile_step")).isZero();
    }

    @Test
    void onlyWhoAsksTheSameTakesANightUp() {
        stopped();

        assertThat(night(store).takeUp(new NightOptions(TWO, Duration.ofMinutes(1), Set.of(), false), new Heard()))
                .isEmpty();
        assertThat(night(store).takeUp(new NightOptions(TWO, Duration.ZERO, Set.of("reef"), false), new Heard()))
                .isEmpty();
        assertThat(night(store).takeUp(new NightOptions(TWO, Duration.ZERO, Set.of(), true), new Heard()))
                .isEmpty();
        assertThat(night(store).takeUp(everything(), new Heard())).isPresent();
        assertThat(takenUp).hasSize(1);
    }

    @Test
    void whoWantsANewNightGetsOne() {
        stopped();

        NightReport report = night(store).anew(everything(), new Heard());

        assertThat(report.id()).isEqualTo(2);
        assertThat(takenUp).isEmpty();
        assertThat(night(store).takeUp(everything(), new Heard())).isEmpty();
    }

    @Test
    void aNightThatAnotherHubHasEndedIsEndedOnce() {
        NightReport[] other = new NightReport[1];
        shores.beforeReading = n -> {
            if (n == 2) {
                loseTheLock();
                shores.beforeReading = more -> {};
                other[0] = night(store).run(everything());
            }
        };

        assertThatThrownBy(() -> night(store).run(everything())).isInstanceOf(StoreFault.class);

        assertThat(other[0]).isNotNull();
        assertThat(new Nights(store.source).last().orElseThrow().report()).isEqualTo(other[0]);
    }

    @Test
    void aSystemThatIsThereAgainIsLookedAtByTheNightThatIsTakenUp() {
        stopAt("links", 1);
        assertThatThrownBy(() -> night(store).run(everything(), new Heard())).isInstanceOf(StoreFault.class);
        stopAt = "";
        shores.dead.clear();

        NightReport report = night(store).run(everything(), new Heard());

        assertThat(report.away()).isEmpty();
        assertThat(report.lines()).extracting(NightReport.Line::system).containsExactly("island", "reef", "wreck");
    }

    @Test
    void aNightThatLostItsLockStillEndsWithItsReport() {
        shores.beforeReading = n -> loseTheLock();

        NightReport report = night(store).run(everything());

        assertThat(new Nights(store.source).last().orElseThrow().report()).isEqualTo(report);
    }

    @Test
    void aNightThatALaterOneHasOvertakenNotesNothingMore() {
        long[] later = new long[1];
        shores.beforeReading = n -> {
            if (n == 5) {
                loseTheLock();
                shores.beforeReading = more -> {};
                later[0] = night(store).anew(everything(), Night.Listener.NONE).id();
            }
        };

        assertThatThrownBy(() -> night(store).run(everything())).isInstanceOf(StoreFault.class);

        assertThat(later[0]).isEqualTo(2);
        assertThat(store.count("reconcile_step")).isZero();
        assertThat(store.count("reconcile_break where last_night <> 2")).isZero();
        assertThat(new Nights(store.source).last().orElseThrow().report().id()).isEqualTo(2);
    }

    /** As when the store had lost this hub, and its lock with it. */
    private void loseTheLock() {
        store.sql
                .sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database where datname = current_database())")
                .query(Boolean.class)
                .list();
    }

    private void stopped() {
        stopAt("reef", 1);
        assertThatThrownBy(() -> night(store).run(everything(), new Heard())).isInstanceOf(StoreFault.class);
        stopAt = "";
    }

    /** The hub dies when it has begun to look at this for the n-th time. */
    private void stopAt(String name, int time) {
        stopAt = name + " " + time;
    }

    private final class Heard implements Night.Listener {
        @Override
        public void takenUp(long night, OffsetDateTime asOf, int done, int of) {
            takenUp.add(night + " as of " + asOf + ", " + done + " of " + of);
        }

        @Override
        public void step(int done, int of, String name) {
            looked.add(name);
            long time = looked.stream().filter(name::equals).count();
            if (stopAt.equals(name + " " + time)) {
                throw new StoreFault("stopped", new IllegalStateException());
            }
        }
    }

    private Night night(Store at) {
        if (at != store) {
            bringAshore(at);
        }
        Catalog catalog = shores.catalog("island", "reef", "wreck");
        return new Night(
                () -> catalog,
                shores,
                PretendShores::normalize,
                at.source,
                new Linking(IdentityRules.read(config, List.of()), at.source, Clock.systemUTC()),
                new CrossChecks(Rules.read(config, SYSTEMS), at.source),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                ZONE);
    }

    private static NightOptions everything() {
        return new NightOptions(TWO, Duration.ZERO, Set.of(), false);
    }

    private void rule(String code, String money) throws IOException {
        Files.createDirectories(config.resolve("reconciliation"));
        Files.writeString(config.resolve("reconciliation/" + code + ".yaml"), """
                code: %s
                title: Every bill
                severity: error
                owner: island
                sql: select bill_no as subject, 'there' as cause, %s as money from v_bill
                explain: "{subject}"
                causes: {there: it is there}
                """.formatted(code, money));
    }

    private void bringAshore(Store at) {
        List<Chunk> chunks = new ArrayList<>();
        shores.everything("island", "bill", chunks::add);
        chunks.forEach(chunk -> at.chunks.commit(PretendShores.normalize(chunk)));
        for (String key : List.of("1", "2", "3")) {
            Seeds.record(at, "island", "account", key, "{\"accountNo\": \"%s\"}".formatted(key));
            Seeds.record(at, "reef", "account", key, "{\"accountNo\": \"%s\"}".formatted(key));
        }
    }
}
