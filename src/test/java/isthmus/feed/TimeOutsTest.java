package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.Silence;
import isthmus.model.Reason;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that takes the connection and never says a word. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TimeOutsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void theRelaySaysThatKafkaIsAway() throws Exception {
        try (Silence silence = new Silence()) {
            Relay relay = new Relay(
                    new ChangeLog(Store.fresh().source),
                    new Kafka("127.0.0.1:" + silence.port(), SHORT, SHORT),
                    Clock.systemUTC(),
                    () -> true);
            relay.start();
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> relay.trouble().isPresent());

                assertThat(relay.trouble().orElseThrow().reason()).isEqualTo(Reason.KAFKA_AWAY);
            } finally {
                relay.stop();
            }
        }
    }

    @Test
    void theProducerWaitsForTopicsNoLongerThanItIsTold() throws Exception {
        try (Silence silence = new Silence();
                var producer = Producers.create(new Kafka("127.0.0.1:" + silence.port(), SHORT, SHORT))) {
            assertThatThrownBy(() -> producer.partitionsFor("isthmus.bill.v1")).isInstanceOf(KafkaException.class);
        }
    }
}
