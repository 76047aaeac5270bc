package isthmus.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixtures 1 to 60 of trust.md against a hub that runs: isthmus/hostile/bad-inputs.csv says what is sent and what becomes of it. */
class HostileInputTest {
    /** A name that a legacy system puts where none belongs. */
    static final String CANARY = "Canary9";

    /** From when the hub is up, for what comes by itself; no row waits longer for its own sake. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static Siege siege;
    private static long begun;

    @BeforeAll
    static void start() throws Exception {
        siege = new Siege();
        begun = System.nanoTime();
    }

    @AfterAll
    static void stop() throws Exception {
        siege.close();
    }

    static List<BadInput> inputs() {
        return BadInputs.all().stream()
                .filter(input -> !input.isOpen())
                .sorted(Comparator.comparing(HostileInputTest::turn))
                .toList();
    }

    /** What comes by itself is waited for first; then its sources behave, and who asks finds a hub that has little to do. */
    private static int turn(BadInput input) {
        boolean asks =
                List.of("http", "token", "matrix", "route", "process", "person").contains(input.way());
        return asks ? 2 : input.way().equals("again") ? 1 : 0;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void becomesWhatTheTableSays(BadInput input) throws Exception {
        Way way = siege.way(input);
        String outcome = way.outcome(input);
        if (outcome.isEmpty()) {
            outcome = Awaitility.await()
                    .atMost(left(input))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> way.outcome(input), became -> !became.isEmpty());
        }

        assertThat(outcome).isEqualTo(input.expected());
        assertThat(way.made(input)).contains(input.holds());
        assertThat(siege.troubles()).isEmpty();
    }

    private static Duration left(BadInput input) {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - begun);
        Duration least = Duration.ofSeconds(input.way().equals("again") ? 60 : 1);
        return left.compareTo(least) > 0 ? left : least;
    }

    @Test
    void everyTokenThatCanBeBrokenIsInTheTable() {
        assertThat(BadInputs.by("token").stream().map(BadInput::sent)).containsAll(siege.questions.tokens());
    }

    @Test
    void everyFixtureIsInTheTable() {
        assertThat(BadInputs.all().stream().map(BadInput::id).distinct())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 60)
                        .filter(id -> id != 58)
                        .boxed()
                        .toList());
    }
}
