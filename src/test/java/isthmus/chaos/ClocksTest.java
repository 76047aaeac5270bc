package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F12: the clocks of a legacy system and of the hub differ; the cursor is a value that was read, never the hub's time. */
@Tag("chaos")
class ClocksTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private Payments payments;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        payments = Payments.open();
        Path routes = Home.lay(root.resolve("home")).resolve("routes");
        hub = new StoredHub(routes, payments.maria().environment(), store);
    }

    @AfterEach
    void tearDown() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, -300})
    void aSourceWhoseClockIsWrongIsReadByItsOwn(int seconds) throws Exception {
        LocalDateTime there = LocalDateTime.now(ZoneId.of("Asia/Shanghai"))
                .plusSeconds(seconds)
                .truncatedTo(ChronoUnit.SECONDS);
        payments.add("one", "1.00", TIME.format(there));

        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(Payments.cursor(store)).isEqualTo(TIME.format(there));

        payments.add("two", "2.00", TIME.format(there.plusSeconds(1)));
        payments.add("back", "3.00", TIME.format(there.minusMinutes(4)));
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, 3);
        assertThat(Payments.cursor(store)).isEqualTo(TIME.format(there.plusSeconds(1)));
        Seeds.tell("F12", 2, "source clock wrong by " + seconds + " s, then back by 4 min");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_650, -2, 2, 3_650})
    void aHubWhoseClockJumpsLosesNothingAndWritesNoTimeOfItsOwn(long days) throws Exception {
        LocalDateTime there =
                LocalDateTime.now(ZoneId.of("Asia/Shanghai")).minusMinutes(10).truncatedTo(ChronoUnit.SECONDS);
        payments.add("one", "1.00", TIME.format(there));
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        payments.add("two", "2.00", TIME.format(there.plusSeconds(1)));

        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
        assertThat(hub.pullBy(wrong, "billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, 2);
        assertThat(Payments.cursor(store))
                .isIn(TIME.format(there), TIME.format(there.plusSeconds(1)))
                .isLessThanOrEqualTo(payments.newestHeld(store));

        payments.add("three", "3.00", TIME.format(there.plusSeconds(2)));
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        payments.assertAllIn(store, 3);
        assertThat(Payments.cursor(store)).isEqualTo(TIME.format(there.plusSeconds(2)));
        Seeds.tell("F12", 1, "hub clock jumps by " + days + " days and back");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void rowsAFractionOfASecondApartAreAllFound(int digits) throws Exception {
        payments.maria().run("alter table A_RCVED_FLOW modify LAST_UPDATED DATETIME(" + digits + ")");
        String[] times = {"08:59:59.999999", "09:00:00.000000", "09:00:00.000999", "09:00:00.001000"};
        for (int i = 0; i < times.length; i++) {
            payments.add("p" + i, i + ".00", "2026-11-01 " + times[i].substring(0, 9 + digits));
            assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        }

        payments.assertAllIn(store, times.length);
        assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 09:00:00.001");

        payments.maria()
                .run("update A_RCVED_FLOW set PAY_AMT = '9.00', LAST_UPDATED = '2026-11-01 09:00:00.001001'"
                        + " where PAY_ID = 'p3'");
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(Payments.cursor(store)).startsWith("2026-11-01 09:00:00.001");
        if (digits == 6) {
            payments.assertAllIn(store, times.length + 1);
        }
        Seeds.tell("F12", times.length, "change times with " + digits + " digits of a second");
    }

    @Test
    void midnightAndTheHourThatComesTwiceElsewhereHideNothing() throws Exception {
        String[] times = {"2026-10-25 02:30:00", "2026-10-31 23:59:59", "2026-11-01 00:00:00", "2026-11-01 01:30:00"};
        for (int i = 0; i < times.length; i++) {
            payments.add("p" + i, i + ".00", times[i]);
            assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
            assertThat(Payments.cursor(store)).isEqualTo(times[i]);
        }

        payments.assertAllIn(store, times.length);
    }
}
