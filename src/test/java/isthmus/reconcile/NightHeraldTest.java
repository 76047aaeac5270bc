package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every channel hears of every night, later when it was away, and never waits for another one. */
class NightHeraldTest {
    private final Store store = Store.fresh();
    private final Nights nights = new Nights(store.source);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> told = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Set<String> away = new TreeSet<>();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-02T02:10:00Z"));
    private final NightHerald herald = herald(channel("kafka", Integer.MAX_VALUE), channel("webhook", 3));

    @BeforeEach
    void oneNightHasEndedBeforeTheOneOfToday() {
        night();
        night();
    }

    @Test
    void aNewChannelBeginsWithTheLastNightAndEveryNightIsToldOnce() throws Exception {
        herald.round();
        herald.round();
        night();
        herald.round();

        assertThat(told).containsExactly("kafka 2", "webhook 2", "kafka 3", "webhook 3");
        assertThat(states()).containsOnly("told");
        assertThat(meters.get("isthmus.reconcile.untold")
                        .tag("channel", "kafka")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void whoWasAwayHearsOfItLaterAndTheOthersAtOnce() throws Exception {
        away.add("kafka");
        herald.round();
        night();
        herald.round();

        assertThat(told).containsExactly("webhook 2", "webhook 3");
        assertThat(store.sql
                        .sql("select last_error from night_notice where night = 2 and channel = 'kafka'")
                        .query(String.class)
                        .single())
                .isEqualTo("KAFKA-AWAY: nobody there");
        assertThat(meters.get("isthmus.reconcile.untold")
                        .tag("channel", "kafka")
                        .gauge()
                        .value())
                .isEqualTo(2);

        away.clear();
        clock.pass(Duration.ofMinutes(1));
        herald.round();

        assertThat(told).containsExactly("webhook 2", "webhook 3", "kafka 2", "kafka 3");
        assertThat(states()).containsOnly("told");
    }

    @Test
    void aHubThatEndsBeforeItHasNotedItTellsTheSameBytesAgain() throws Exception {
        herald.round();
        store.sql
                .sql("update night_notice set state = 'waiting', told_at = null")
                .update();
        herald(channel("kafka", Integer.MAX_VALUE), channel("webhook", 3)).round();

        assertThat(told).containsExactly("kafka 2", "webhook 2", "kafka 2", "webhook 2");
        assertThat(new TreeSet<>(events)).hasSize(1);
    }

    @Test
    void thePausesGrowAndAfterTheLastAttemptItIsGivenUp() throws Exception {
        away.add("webhook");
        herald.round();
        herald.round();
        assertThat(attempts()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(10));
        herald.round();
        clock.pass(Duration.ofSeconds(10));
        herald.round();
        assertThat(attempts()).isEqualTo(2);
        clock.pass(Duration.ofSeconds(10));
        herald.round();
        assertThat(attempts()).isEqualTo(3);

        away.clear();
        clock.pass(Duration.ofDays(1));
        herald.round();

        assertThat(told).containsExactly("kafka 2");
        assertThat(states()).containsExactly("told", "given-up");
    }

    @Test
    void aBugOnOneChannelSilencesNoOther() throws Exception {
        NightChannel broken = new NightChannel("broken", 9, (night, event) -> {
            throw new IllegalStateException("with a secret in it");
        });

        herald(broken, channel("kafka", 9)).round();

        assertThat(told).containsExactly("kafka 2");
        assertThat(store.sql
                        .sql("select last_error from night_notice where channel = 'broken'")
                        .query(String.class)
                        .single())
                .isEqualTo("IllegalStateException");
    }

    @Test
    void theEventSaysWhatTheNightFoundAndHowItIsChained() throws Exception {
        herald.round();

        JsonNode event = new ObjectMapper().readTree(events.get(0));
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("org.isthmus.reconcile.night.v1");
        assertThat(event.path("source").asText()).isEqualTo("urn:isthmus:yj:reconcile");
        assertThat(event.path("subject").asText()).isEqualTo("urn:isthmus:yj:reconcile:night:2");
        assertThat(event.path("id").asText()).matches("[0-9a-f]{32}");
        assertThat(event.at("/data/verdict").asText()).isEqualTo("RED");
        assertThat(event.at("/data/reasons/1").asText()).isEqualTo("billing.bill: 25 missing, 3 extra, 1 different");
        assertThat(event.at("/data/shores/missing").asLong()).isEqualTo(25);
        assertThat(event.at("/data/checks/0/open").asLong()).isEqualTo(7);
        assertThat(event.at("/data/checks/0/money").asText()).isEqualTo("678.98");
        assertThat(event.at("/data/hash").asText())
                .isEqualTo(nights.last().orElseThrow().hash());
        assertThat(events.get(0)).doesNotContain("MP1/2026-10", "urn:isthmus:yj:billing:bill:00");
    }

    @Test
    void onlyTheHubWhoseTurnItIsTells() {
        NightHerald other = new NightHerald(
                () -> "yj",
                nights,
                store.source,
                List.of(channel("kafka", 1)),
                () -> false,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        NightHerald ours = herald(channel("kafka", 9));
        try (other;
                ours) {
            other.start();
            ours.start();

            await().atMost(Duration.ofSeconds(20)).until(() -> states().contains("told"));
        }
        assertThat(told).containsExactly("kafka 2");
    }

    private NightHerald herald(NightChannel... channels) {
        return new NightHerald(() -> "yj", nights, store.source, List.of(channels), () -> true, meters, clock);
    }

    private NightChannel channel(String name, int attempts) {
        return new NightChannel(name, attempts, (night, event) -> {
            if (away.contains(name)) {
                throw new IOException("KAFKA-AWAY: nobody there");
            }
            told.add(name + " " + night);
            events.add(new String(event, StandardCharsets.UTF_8));
        });
    }

    private void night() {
        NightLog log = new NightLog(store.source);
        OffsetDateTime two = NightTableTest.TWO;
        NightReport red = NightTableTest.red();
        log.end(new NightReport(
                log.begin(two, two, "{}"),
                red.asOf(),
                red.settle(),
                red.started(),
                red.ended(),
                red.verdict(),
                red.lines(),
                red.away(),
                red.links(),
                red.checks()));
    }

    private List<String> states() {
        return store.sql
                .sql("select state from night_notice order by night, channel")
                .query(String.class)
                .list();
    }

    private int attempts() {
        return store.sql
                .sql("select attempts from night_notice where channel = 'webhook'")
                .query(Integer.class)
                .single();
    }
}
