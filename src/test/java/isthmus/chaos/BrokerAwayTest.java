package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F21: the broker is killed, frozen, or not there in the beginning; reading goes on, and the feed is told in the end. */
class BrokerAwayTest {

    @Test
    @Tag("chaos")
    void aBrokerThatIsKilledFrozenAndAbsentCostsNothingButTime() throws Exception {
        Random random = Seeds.of("F21");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server broker = stage.server("kafka");

            // given a broker that is not there when the hub starts
            broker.kill();
            HubProcess hub = stage.hub().awaitUp();
            tell("absent", hub.awaitTrouble("relay", "KAFKA-AWAY"));
            awaitRead(stage);
            assertThat(stage.number("select count(*) from feed_position")).isZero();
            broker.startAgain();
            stage.awaitWhole();
            hub.awaitStatus("UP");

            // when it is frozen while it is told the second tide
            broker.freeze();
            stage.tide();
            tell("frozen", hub.awaitTrouble("relay", "KAFKA-AWAY"));
            broker.thaw();
            stage.awaitWhole();
            hub.awaitStatus("UP");
            stage.check("the broker was absent and frozen", hub);
            System.out.println("F21: the log says\n" + hub.sample("WARN|ERROR"));
            assertThat(hub.end()).isEqualTo(HubProcess.TERMINATED);

            // and when it is killed again and again while it is told a first pull
            stage.beginAgain();
            HubProcess second = stage.hub();
            stage.awaitRunAfter(0);
            for (int kill = 0; kill < 3; kill++) {
                Seeds.aMoment(random.nextInt(1_500));
                broker.kill();
                broker.startAgain();
            }
            stage.awaitWhole();
            stage.tide();
            stage.awaitWhole();
            second.awaitStatus("UP");
            stage.check("the broker was killed three times", second);
            Seeds.tell("F21", 5, "broker absent at start, killed three times, frozen");
        }
    }

    @Test
    @Tag("chaos-sample")
    void aBrokerThatIsKilledWhileItIsToldCostsNothingButTime() throws Exception {
        Random random = Seeds.of("F21");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server broker = stage.server("kafka");
            HubProcess hub = stage.hub();
            stage.awaitRunAfter(0);
            Seeds.aMoment(random.nextInt(3_000));
            broker.kill();
            tell("killed", hub.awaitTrouble("relay", "KAFKA-AWAY"));
            broker.startAgain();
            stage.awaitWhole();
            stage.tide();
            stage.awaitWhole();
            hub.awaitStatus("UP");
            stage.check("the broker was killed", hub);
            Seeds.tell("F21", 1, "broker killed");
        }
    }

    /** Reading does not wait for the feed. */
    private static void awaitRead(Stage stage) {
        Awaitility.await("every system is read while the broker is away")
                .atMost(Duration.ofSeconds(120))
                .until(() -> stage.number("select count(distinct system) from run where state = 'green'") == 3);
    }

    private static void tell(String how, JsonNode health) {
        System.out.println("F21: " + how + ": health says " + health);
    }
}
