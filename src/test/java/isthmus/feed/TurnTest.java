package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Leases;
import isthmus.store.Store;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of several relays one tells the feed, and one that slept is not heard. */
class TurnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LEASE = "feed:kafka";

    private static Broker broker;

    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void theSecondRelayStandsByAndGoesOnWhereTheFirstEnded() throws Exception {
        // given two hubs, the first of which tells
        try (Leases one = leases("one");
                Leases two = leases("two")) {
            Relay first = relay(one);
            Relay second = relay(two);
            versions("stand", 1, 3);
            first.start();
            assertThat(first.drain(PATIENCE)).isTrue();
            second.start();
            await().atMost(PATIENCE).until(second::standingBy);
            assertThat(second.drain(PATIENCE))
                    .as("the feed is told, by whomever")
                    .isTrue();

            // when it ends in order
            first.stop();
            one.release(LEASE);
            versions("stand", 4, 6);

            // then the second one tells the rest, and nothing twice
            assertThat(second.drain(PATIENCE)).isTrue();
            second.stop();
            assertThat(heard("stand")).containsExactlyElementsOf(sequences(1, 6));
        }
    }

    @Test
    void whatARelayThatSleptHasInItsBuffersIsNeverHeard() throws Exception {
        // given a courier that froze between sending and committing
        versions("buffer", 1, 2);
        Topics.create(Kafka.at(broker.bootstrap()));
        try (Courier sleeper = new Courier(Producers.create(Kafka.at(broker.bootstrap())), Mode.STRUCTURED)) {
            sleeper.begin();
            sleeper.send(log.after(0, 1).get(0));

            // and another hub that has told all of it and more
            versions("buffer", 3, 9);
            Relay successor = new Relay(log, broker.bootstrap(), store.clock);
            successor.start();
            assertThat(successor.drain(PATIENCE)).isTrue();
            successor.stop();

            // when it wakes up
            assertThatThrownBy(sleeper::commit)
                    .isInstanceOfSatisfying(
                            KafkaException.class,
                            fenced -> assertThat(Courier.reason(fenced)).isEqualTo(Reason.FENCED));
        }

        assertThat(heard("buffer")).containsExactlyElementsOf(sequences(1, 9));
    }

    @Test
    void aRelayThatSleptBeforeItOpenedItsCourierGoesOnWhereTheOtherIsNow() throws Exception {
        // given a relay that knows where to go on, and sleeps before it opens its courier
        versions("late", 1, 2);
        AtomicInteger asked = new AtomicInteger();
        Relay sleeper = new Relay(log, Kafka.at(broker.bootstrap()), store.clock, () -> {
            if (asked.incrementAndGet() == 1) {
                otherHubTells();
            }
            return true;
        });

        // when it wakes up after another hub has told all of it and more
        sleeper.start();
        await().atMost(PATIENCE).until(() -> asked.get() > 3);
        versions("late", 10, 11);
        assertThat(sleeper.drain(PATIENCE)).isTrue();
        sleeper.stop();

        // then no old version is told behind a newer one
        assertThat(heard("late")).containsExactlyElementsOf(sequences(1, 11));
    }

    @Test
    void aRelayThatLostItsTurnWhileItOpenedItsCourierTellsNothing() throws Exception {
        versions("lost", 1, 2);
        AtomicInteger asked = new AtomicInteger();
        Relay sleeper = new Relay(log, Kafka.at(broker.bootstrap()), store.clock, () -> asked.incrementAndGet() == 1);

        sleeper.start();
        await().atMost(PATIENCE).until(sleeper::standingBy);
        sleeper.stop();

        assertThat(log.told(Relay.READER)).isZero();
        assertThat(heard("lost")).isEmpty();
    }

    private void otherHubTells() {
        versions("late", 3, 9);
        Relay other = new Relay(log, broker.bootstrap(), store.clock);
        other.start();
        try {
            assertThat(other.drain(PATIENCE)).isTrue();
            other.stop();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private Leases leases(String hub) {
        return new Leases(store.source, hub, Duration.ofMinutes(10));
    }

    private Relay relay(Leases leases) {
        return new Relay(log, Kafka.at(broker.bootstrap()), store.clock, () -> leases.confirm(LEASE));
    }

    /** Versions of one record, each in a chunk of its own. */
    private void versions(String key, int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(n -> store.chunks.commit(Cargo.chunk(1, Cargo.bill("turn/" + key, n, n + ".00"))));
    }

    private static Iterable<String> sequences(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Cargo::sequence).toList();
    }

    private static Iterable<String> heard(String key) {
        return Heard.sequences(broker.bootstrap(), "bill", Cargo.urn("bill", "turn/" + key));
    }
}
