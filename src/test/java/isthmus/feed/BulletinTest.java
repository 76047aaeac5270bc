package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BulletinTest {

    @Test
    void whatIsToldIsHeardInItsOrderAndWhatIsNotSaysSo() throws Exception {
        try (Broker broker = new Broker()) {
            Bulletin bulletin =
                    new Bulletin(new Kafka(broker.bootstrap(), Duration.ofSeconds(2), Duration.ofSeconds(4)));

            bulletin.tell("night", "1", "one".getBytes(StandardCharsets.UTF_8));
            bulletin.tell("night", "2", "two".getBytes(StandardCharsets.UTF_8));
            bulletin.tell("night", "2", "two".getBytes(StandardCharsets.UTF_8));

            assertThat(Topics.of("night")).isEqualTo("isthmus.night.v1");
            assertThat(Heard.of(broker.bootstrap(), "night"))
                    .extracting(told -> new String(told.key(), StandardCharsets.UTF_8) + " "
                            + new String(told.value(), StandardCharsets.UTF_8))
                    .containsExactly("1 one", "2 two", "2 two");

            broker.kill();

            assertThatThrownBy(() -> bulletin.tell("night", "3", new byte[0]))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(Reason.KAFKA_AWAY.code());
        }
    }
}
