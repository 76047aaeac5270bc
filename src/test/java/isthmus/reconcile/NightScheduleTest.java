package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.catalog.Catalog;
import isthmus.crosscheck.CrossChecks;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import isthmus.identity.Linking;
import isthmus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightScheduleTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Store store = Store.fresh();
    private final PretendShores island = new PretendShores();
    /** How often a night was asked for, run or refused. */
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path config;

    @Test
    void ofTwoHubsOneRunsTheNight() {
        String soon = onceAYear(ZonedDateTime.now(ZONE).plusSeconds(4));

        try (NightSchedule one = schedule(soon);
                NightSchedule other = schedule(soon)) {
            one.start();
            other.start();
            until(() -> nights() == 1);
            bothHubsHaveLookedAgain();
        }

        assertThat(asked).hasValue(1);
        assertThat(nights()).isEqualTo(1);
    }

    @Test
    void threeMissedNightsAreRunOnceWhenAHubIsUpAgain() {
        ZonedDateTime now = ZonedDateTime.now(ZONE);
        String daily =
                "0 %d %d * * *".formatted(now.getMinute(), now.minusHours(1).getHour());
        plan(daily);
        missedSince(now.minusDays(3).minusHours(1));

        try (NightSchedule one = schedule(daily);
                NightSchedule other = schedule(daily)) {
            one.start();
            other.start();
            until(() -> nights() == 1);
            bothHubsHaveLookedAgain();
        }

        assertThat(asked).hasValue(1);
        assertThat(next()).isAfter(now.toInstant());
    }

    @Test
    void theSameHourIsLeftAsItIsAndAnotherOneTakesItsPlace() {
        plan("0 0 2 * * *");
        Instant missed = missedSince(ZonedDateTime.now(ZONE).minusDays(3));

        plan("0 0 2 * * *");
        Instant same = next();
        plan("0 0 3 * * *");
        Instant other = next();

        assertThat(same).isEqualTo(missed);
        assertThat(other.atZone(ZONE).getHour()).isEqualTo(3);
        assertThat(other).isAfter(Instant.now());
    }

    @Test
    void aClockThatIsPutBackOverTheHourRunsNoSecondNight() {
        ZonedDateTime hour = ZonedDateTime.now(ZONE).plusSeconds(4);
        String daily = "%d %d %d * * *".formatted(hour.getSecond(), hour.getMinute(), hour.getHour());
        plan(daily);
        Instant done = nextIs(hour.plusDays(1));

        try (NightSchedule one = schedule(daily);
                NightSchedule other = schedule(daily)) {
            one.start();
            other.start();
            until(() -> Instant.now().isAfter(hour.toInstant().plusSeconds(1)));
            bothHubsHaveLookedAgain();
        }

        assertThat(asked).hasValue(0);
        assertThat(next()).isEqualTo(done);
    }

    @Test
    void aClockThatWasAheadSilencesNoNight() {
        plan(NightSchedule.AT_TWO);
        nextIs(ZonedDateTime.now(ZONE).plusDays(400));

        plan(NightSchedule.AT_TWO);

        assertThat(next()).isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(1)));
    }

    @Test
    void theNightOfAnHourThatTheClocksArePutForwardOverIsPlannedOnce() {
        Clock theDayBefore = new MovingClock(Instant.parse("2027-03-27T12:00:00Z"));
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        for (int hub = 0; hub < 2; hub++) {
            try (NightSchedule one = new NightSchedule(
                    night(), store.source, NightSchedule.AT_TWO, berlin, Duration.ofDays(1), theDayBefore)) {
                one.start();
            }
        }

        assertThat(store.sql
                        .sql("select next_fire_time from qrtz_triggers where trigger_name <> 'at its hour'")
                        .query(Long.class)
                        .list())
                .containsExactly(Instant.parse("2027-03-28T01:00:00Z").toEpochMilli());
    }

    @Test
    void aHubThatHasJustComeUpLetsRowsArriveFirst() {
        plan(NightSchedule.AT_TWO);
        nextIs(ZonedDateTime.now(ZONE).plusSeconds(1));

        try (NightSchedule waiting = new NightSchedule(
                night(), store.source, NightSchedule.AT_TWO, ZONE, Duration.ofDays(1), Clock.systemUTC())) {
            waiting.start();
            until(() -> next().isBefore(Instant.now()));
        }

        assertThat(asked).hasValue(0);
    }

    @Test
    void aHubThatEndsInOrderLeavesItsNightToTheNextOneAtOnce() throws Exception {
        island.row("bill", "b1", "1.00");
        Night ending = night();
        NightSchedule first = schedule(ending, onceAYear(ZonedDateTime.now(ZONE).plusSeconds(2)));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        island.beforeReading = n -> {
            island.beforeReading = more -> {};
            closed.completeAsync(() -> {
                first.close();
                return null;
            });
            until(ending::isStopped);
        };
        first.start();
        closed.get(1, TimeUnit.MINUTES);
        assertThat(left()).containsExactly("left");

        try (NightSchedule next = schedule(night(), "0 0 0 1 1 *")) {
            next.start();
            until(() -> ended() == 1);
        }

        assertThat(store.count("reconcile_run")).isEqualTo(1);
    }

    @Test
    void aNightOfAHubThatDiedIsTakenUpByAnother() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch alive = new CountDownLatch(1);
        island.row("bill", "b1", "1.00");
        island.beforeReading = n -> {
            island.beforeReading = more -> {};
            reading.countDown();
            waitFor(alive);
        };
        String soon = onceAYear(ZonedDateTime.now(ZONE).plusSeconds(2));
        NightSchedule dying = schedule(night(), soon);
        dying.start();
        waitFor(reading);

        Instant before = Instant.now();
        dying.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
        // What the store does when a process is gone.
        store.sql
                .sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database where datname = current_database())")
                .query(Boolean.class)
                .list();
        try (NightSchedule other = schedule(night(), soon)) {
            other.start();
            until(() -> ended() == 1);
        } finally {
            alive.countDown();
        }

        assertThat(store.count("reconcile_run")).isEqualTo(1);
    }

    @Test
    void aNightThatMeetsAnotherAtItsHourIsPlannedAgain() throws Exception {
        try (Connection other = store.source.getConnection();
                Statement lock = other.createStatement();
                NightSchedule hub = schedule(onceAYear(ZonedDateTime.now(ZONE).plusSeconds(2)))) {
            lock.execute("select pg_advisory_lock(x'4e49474854'::bigint)");
            hub.start();
            until(() -> left().equals(List.of("held")));
            assertThat(nights()).isZero();

            lock.execute("select pg_advisory_unlock(x'4e49474854'::bigint)");
            store.sql
                    .sql("update qrtz_triggers set next_fire_time = ? where trigger_group = 'held'")
                    .param(System.currentTimeMillis())
                    .update();
            until(() -> nights() == 1 && left().isEmpty());
        }

        assertThat(store.count("reconcile_run")).isEqualTo(1);
    }

    @Test
    void aScheduleThatIsNoCronExpressionIsRefused() {
        assertThatThrownBy(() -> schedule("at two")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String onceAYear(ZonedDateTime at) {
        return "%d %d %d %d %d *"
                .formatted(at.getSecond(), at.getMinute(), at.getHour(), at.getDayOfMonth(), at.getMonthValue());
    }

    private void plan(String cron) {
        try (NightSchedule written =
                new NightSchedule(night(), store.source, cron, ZONE, Duration.ofDays(1), Clock.systemUTC())) {
            written.start();
        }
    }

    /** As if no hub had been up since then. */
    private Instant missedSince(ZonedDateTime then) {
        return nextIs(then);
    }

    private Instant nextIs(ZonedDateTime then) {
        Instant next = Instant.ofEpochSecond(then.toEpochSecond());
        store.sql
                .sql("update qrtz_triggers set next_fire_time = ?, start_time = 0")
                .param(next.toEpochMilli())
                .update();
        return next;
    }

    private Instant next() {
        return Instant.ofEpochMilli(store.sql
                .sql("select next_fire_time from qrtz_triggers where trigger_name = 'at its hour'")
                .query(Long.class)
                .single());
    }

    private long nights() {
        return store.sql
                .sql("select count(*) from reconcile_run where verdict = 'GREEN'")
                .query(Long.class)
                .single();
    }

    private long ended() {
        return store.sql
                .sql("select count(*) from reconcile_run where ended is not null")
                .query(Long.class)
                .single();
    }

    /** The triggers of nights that wait for a hub. */
    private List<String> left() {
        return store.sql
                .sql("select trigger_group from qrtz_triggers where trigger_group <> 'night'")
                .query(String.class)
                .list();
    }

    /** Both have asked the store for nights to run once more, which each does whenever it says that it lives. */
    private void bothHubsHaveLookedAgain() {
        long now = System.currentTimeMillis();
        until(() -> store.sql
                        .sql("select count(*) from qrtz_scheduler_state where last_checkin_time > ?")
                        .param(now)
                        .query(Long.class)
                        .single()
                == 2);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(A_MINUTE).until(condition);
    }

    private NightSchedule schedule(String cron) {
        return schedule(night(), cron);
    }

    private NightSchedule schedule(Night night, String cron) {
        return new NightSchedule(night, store.source, cron, ZONE, Duration.ZERO, Clock.systemUTC());
    }

    private Night night() {
        Catalog catalog = island.catalog("island");
        return new Night(
                () -> {
                    asked.incrementAndGet();
                    return catalog;
                },
                island,
                PretendShores::normalize,
                store.source,
                new Linking(IdentityRules.read(config, List.of()), store.source, Clock.systemUTC()),
                new CrossChecks(Rules.read(config, Set.of("island")), store.source),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                ZONE);
    }
}
